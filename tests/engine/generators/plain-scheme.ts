/** Short ways to write a scheme in a test: what a test does not name is ordinary. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Rule, Value } from '#lib/engine/logic/rule.ts';
import {
	SCHEME_FORMAT,
	type SchemeDocument,
	type SchemeItem
} from '#lib/engine/scheme/document.ts';

export function text(word: string): LocalText {
	return { 'zh-CN': word, en: word };
}

/** An item that measures the metric of its own name. */
export function item(
	id: string,
	weight: Rule | undefined,
	score: Rule,
	more: Partial<SchemeItem> = {}
): SchemeItem {
	return {
		id,
		metric: id,
		class: 'result',
		...(weight === undefined ? {} : { weight }),
		score,
		...more
	};
}

/** A scheme of percentages that applies to everybody and has the grades of AT-06 and a lowest one. */
export function scheme(
	parts: Partial<SchemeDocument> & Pick<SchemeDocument, 'items'>
): SchemeDocument {
	return {
		format: SCHEME_FORMAT,
		id: 'sales',
		name: text('Sales'),
		period: 'month',
		applies_to: true,
		weighting: 'percent',
		grades: [
			{ id: 'excellent', name: text('Excellent'), from: 90 },
			{ id: 'good', name: text('Good'), from: 80 },
			{ id: 'below', name: text('Below'), from: 0 }
		],
		...parts
	};
}

/** Variables from a plain object of dotted paths. */
export function given(values: Readonly<Record<string, Value>>): Map<string, Value> {
	return new Map(Object.entries({ 'period.id': '2025-03', 'employee.id': 'ann', ...values }));
}

/** A rule that reads a variable. */
export function read(path: string): Rule {
	return { var: path };
}
