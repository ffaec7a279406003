/** What a revision of a metric changed, field by field, in words. */
import { sayRule } from '#lib/designer/designer-context.ts';
import type { Dictionary, Rule } from '#lib/engine/logic/rule.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatNumber, NO_VALUE, unitWord } from '#lib/ui/format.ts';
import { say, type BothTexts } from '#lib/ui/local-text.ts';
import {
	aggregationWord,
	classOf,
	directionWord,
	fromRecordsSentence,
	rankWords,
	windowWords
} from './metric-words.ts';

type Field = keyof MetricDefinition;

const NAMES: Readonly<Record<Exclude<Field, 'id'>, () => string>> = {
	name: m.ui_name,
	description: m.metrics_description,
	unit: m.metrics_unit,
	direction: m.metrics_direction,
	range: m.metrics_range,
	class: m.metrics_class,
	grain: m.metrics_grain,
	period: m.metrics_period,
	aggregation: m.metrics_aggregation,
	numerator: m.metrics_numerator,
	denominator: m.metrics_denominator,
	target_aggregation: m.metrics_target_aggregation,
	formula: m.metrics_formula,
	window: m.metrics_window,
	rank: m.metrics_rank,
	streak: m.metrics_streak,
	from_records: m.metrics_from_records,
	valid: m.metrics_valid,
	decimals: m.metrics_decimals,
	owner: m.metrics_owner,
	entered_by: m.metrics_entered_by,
	source: m.metrics_source,
	evidence: m.metrics_evidence,
	gaming: m.metrics_gaming,
	controllable: m.metrics_controllable,
	reference: m.metrics_reference
};

/** “Direction: higher is better → lower is better”, one for each field that changed. */
export function revisionWords(
	before: MetricDefinition,
	after: MetricDefinition,
	dictionary: Dictionary
): string[] {
	const fields = Object.keys(NAMES) as Exclude<Field, 'id'>[];
	return fields
		.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
		.map((field) =>
			m.metrics_changed({
				field: NAMES[field](),
				before: valueWords(field, before, dictionary),
				after: valueWords(field, after, dictionary)
			})
		);
}

function valueWords(
	field: Exclude<Field, 'id'>,
	metric: MetricDefinition,
	dictionary: Dictionary
): string {
	const value = metric[field];
	if (value === undefined) return NO_VALUE;
	switch (field) {
		case 'direction':
			return directionWord(metric);
		case 'class':
			return classOf(metric);
		case 'unit':
			return unitWord(metric.unit) || metric.unit;
		case 'aggregation':
		case 'target_aggregation':
			return aggregationWord(String(value));
		case 'grain':
			return metric.grain === 'unit' ? m.metrics_grain_unit() : m.metrics_grain_employee();
		case 'formula':
			return sayRule(value as Rule, dictionary);
		case 'streak':
			return sayRule(metric.streak?.when, dictionary);
		case 'controllable':
			return value ? m.ui_yes() : m.ui_no();
		case 'range':
		case 'valid':
			return (value as readonly number[]).map((bound) => formatNumber(bound, 4)).join(' – ');
		case 'from_records': {
			// Revisions outlive record types: what they called their columns then is not kept.
			const record = metric.from_records?.record ?? '';
			return fromRecordsSentence(metric, {
				name: { 'zh-CN': record, en: record },
				columns: []
			});
		}
		case 'window':
			return metric.window ? windowWords(metric.window) : NO_VALUE;
		case 'rank':
			return metric.rank ? rankWords(metric.rank) : NO_VALUE;
		default:
			return typeof value === 'object' ? say(value as BothTexts) : String(value);
	}
}
