import { ruleSentence } from '#lib/engine/logic/sentence.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { say, type BothTexts } from '#lib/ui/local-text.ts';

export function directionWord(metric: MetricDefinition): string {
	switch (metric.direction) {
		case 'higher':
			return m.metrics_direction_higher();
		case 'lower':
			return m.metrics_direction_lower();
		case 'range':
			return m.metrics_direction_range();
		case 'veto':
			return m.metrics_direction_veto();
	}
}

export function classOf(metric: MetricDefinition): string {
	switch (metric.class) {
		case 'result':
			return m.metrics_class_result();
		case 'process':
			return m.metrics_class_process();
		case 'behaviour':
			return m.metrics_class_behaviour();
		case 'veto':
			return m.metrics_class_veto();
	}
}

export function aggregationWord(aggregation: string): string {
	const words: Record<string, () => string> = {
		sum: m.metrics_take_sum,
		mean: m.metrics_take_mean,
		last: m.metrics_take_last,
		max: m.metrics_take_max,
		min: m.metrics_take_min,
		ratio: m.metrics_take_ratio
	};
	return words[aggregation]?.() ?? aggregation;
}

/** How records give a figure. */
export function takeWord(take: NonNullable<MetricDefinition['from_records']>['take']): string {
	switch (take) {
		case 'sum':
			return m.metrics_take_sum();
		case 'count':
			return m.metrics_take_count();
		case 'distinct':
			return m.metrics_take_distinct();
		case 'mean':
			return m.metrics_take_mean();
		case 'median':
			return m.metrics_take_median();
		case 'share':
			return m.metrics_take_share();
	}
}

interface NamedColumns {
	readonly name: BothTexts;
	readonly columns: readonly { readonly id: string; readonly name: BothTexts }[];
}

/** A rule that a person can read: “sum of Amount of Orders where Status = done, by Order date”. */
export function fromRecordsSentence(metric: MetricDefinition, type: NamedColumns): string {
	const from = metric.from_records;
	if (!from) return '';
	const named = (id: string): string =>
		say(type.columns.find((column) => column.id === id)?.name, id);
	const dictionary = new Map(
		type.columns.map(({ id, name }) => [`record.${id}`, { type: 'any' as const, name }])
	);
	const parts = {
		take: takeWord(from.take),
		column:
			from.value !== undefined
				? ruleSentence(from.value, { locale: getLocale(), dictionary })
				: from.column === undefined
					? say(type.name)
					: named(from.column),
		records: say(type.name),
		date: named(from.date)
	};
	return from.where === undefined
		? m.metrics_from_records_sentence(parts)
		: m.metrics_from_records_sentence_where({
				...parts,
				where: ruleSentence(from.where, { locale: getLocale(), dictionary })
			});
}

/** Where the figures come from, in a word. */
export function originWord(metric: MetricDefinition): string {
	if (metric.from_records) return m.metrics_from_records();
	if (metric.formula !== undefined) return m.metrics_from_formula();
	if (metric.aggregation === 'ratio') return m.metrics_from_ratio();
	return m.metrics_from_told();
}

/** “Sum of the last 3 periods, the present one included”. */
export function windowWords({ periods, take }: NonNullable<MetricDefinition['window']>): string {
	const words = take === 'count' ? m.metrics_take_count() : aggregationWord(take);
	return m.metrics_window_words({ periods, take: words });
}

/** “Within the unit; first is the highest, ties share the better rank”. */
export function rankWords({ within, order }: NonNullable<MetricDefinition['rank']>): string {
	return m.metrics_rank_words({
		within: within === 'unit' ? m.metrics_rank_unit() : m.metrics_rank_client(),
		order: order === 'high' ? m.metrics_rank_high() : m.metrics_rank_low()
	});
}
