import type { Json } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatNumber, NO_VALUE } from '#lib/ui/format.ts';
import { say } from '#lib/ui/local-text.ts';
import { itemName } from '../designer-context.ts';

type Metrics = ReadonlyMap<string, MetricDefinition>;

/** What an expectation is about: “总分”, “回款额 的得分”. */
export function expectationWord(key: string, scheme: SchemeDocument, metrics: Metrics): string {
	const words: Readonly<Record<string, () => string>> = {
		status: m.golden_status,
		score: m.golden_score,
		grade: m.golden_grade,
		payout: m.golden_payout,
		insights: m.golden_insights
	};
	const word = words[key];
	if (word) return word();
	const match = /^items\.(.+)\.(score|points|weight)$/.exec(key);
	const item = scheme.items.find(({ id }) => id === match?.[1]);
	const name = item ? itemName(item, metrics) : (match?.[1] ?? key);
	if (match?.[2] === 'points') return m.golden_item_points({ item: name });
	return match?.[2] === 'weight'
		? m.golden_item_weight({ item: name })
		: m.golden_item_score({ item: name });
}

const STATUS_WORDS: Readonly<Record<string, () => string>> = {
	scored: m.golden_status_scored,
	incomplete: m.golden_status_incomplete,
	uncovered: m.golden_status_uncovered,
	error: m.golden_status_error
};

export const STATUSES = ['scored', 'incomplete', 'uncovered', 'error'] as const;

export function statusWord(status: string): string {
	return STATUS_WORDS[status]?.() ?? status;
}

/** A value of an expectation as people write it. */
export function expectationValue(key: string, value: Json, scheme: SchemeDocument): string {
	if (value === null) return NO_VALUE;
	if (key === 'status' && typeof value === 'string') return statusWord(value);
	if (key === 'grade' && typeof value === 'string')
		return say(scheme.grades.find(({ id }) => id === value)?.name, value);
	if (typeof value === 'number') return formatNumber(value, 6);
	return typeof value === 'string' ? value : JSON.stringify(value);
}
