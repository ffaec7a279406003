/** A metric definition as the fields of a form, and back: what is blank is left out. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Rule } from '#lib/engine/logic/rule.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';

/** Where the figures of a metric come from. */
export type MetricOrigin = 'told' | 'formula' | 'ratio' | 'records';

type Words = { 'zh-CN': string; en: string };
type FromRecords = NonNullable<MetricDefinition['from_records']>;
type Window = NonNullable<MetricDefinition['window']>;
type Rank = NonNullable<MetricDefinition['rank']>;

export interface MetricForm {
	id: string;
	name: Words;
	description: Words;
	unit: string;
	direction: MetricDefinition['direction'];
	low: number | null;
	high: number | null;
	class: MetricDefinition['class'];
	grain: MetricDefinition['grain'];
	period: MetricDefinition['period'];
	aggregation: Exclude<MetricDefinition['aggregation'], 'ratio'>;
	targetAggregation: '' | NonNullable<MetricDefinition['target_aggregation']>;
	from: MetricOrigin;
	formula: Rule | undefined;
	numerator: string;
	denominator: string;
	records: {
		record: string;
		take: FromRecords['take'];
		column: string;
		/** Taken instead of a column; null where a column is. */
		value: Rule | undefined | null;
		where: Rule | undefined;
		date: string;
	};
	hasWindow: boolean;
	window: { periods: number; take: Window['take'] };
	rank: '' | Rank['within'];
	rankOrder: Rank['order'];
	streak: Rule | undefined;
	validLow: number | null;
	validHigh: number | null;
	decimals: number | null;
	owner: string;
	enteredBy: string;
	source: Words;
	evidence: Words;
	gaming: Words;
	controllable: '' | 'yes' | 'no';
	reference: string;
}

const words = (text: LocalText | undefined): Words => ({
	'zh-CN': text?.['zh-CN'] ?? '',
	en: text?.en ?? ''
});

/** The form of a definition; of a new metric without one. */
export function toForm(metric: MetricDefinition | null): MetricForm {
	const from = metric?.from_records;
	return {
		id: metric?.id ?? '',
		name: words(metric?.name),
		description: words(metric?.description),
		unit: metric?.unit ?? 'count',
		direction: metric?.direction ?? 'higher',
		low: metric?.range?.[0] ?? null,
		high: metric?.range?.[1] ?? null,
		class: metric?.class ?? 'result',
		grain: metric?.grain ?? 'employee',
		period: metric?.period ?? 'month',
		aggregation: metric && metric.aggregation !== 'ratio' ? metric.aggregation : 'sum',
		targetAggregation: metric?.target_aggregation ?? '',
		from: originOf(metric),
		formula: metric?.formula,
		numerator: metric?.numerator ?? '',
		denominator: metric?.denominator ?? '',
		records: {
			record: from?.record ?? '',
			take: from?.take ?? 'count',
			column: from?.column ?? '',
			value: from?.value ?? null,
			where: from?.where,
			date: from?.date ?? ''
		},
		hasWindow: metric?.window !== undefined,
		window: { periods: metric?.window?.periods ?? 3, take: metric?.window?.take ?? 'sum' },
		rank: metric?.rank?.within ?? '',
		rankOrder: metric?.rank?.order ?? 'high',
		streak: metric?.streak?.when,
		validLow: metric?.valid?.[0] ?? null,
		validHigh: metric?.valid?.[1] ?? null,
		decimals: metric?.decimals ?? null,
		owner: metric?.owner ?? '',
		enteredBy: metric?.entered_by ?? '',
		source: words(metric?.source),
		evidence: words(metric?.evidence),
		gaming: words(metric?.gaming),
		controllable: metric?.controllable === undefined ? '' : metric.controllable ? 'yes' : 'no',
		reference: metric?.reference ?? ''
	};
}

function originOf(metric: MetricDefinition | null): MetricOrigin {
	if (metric?.from_records) return 'records';
	if (metric?.formula !== undefined) return 'formula';
	return metric?.aggregation === 'ratio' ? 'ratio' : 'told';
}

/** A text in both languages; one that was given in one language stands in both. */
function both({ 'zh-CN': zh, en }: Words): LocalText | undefined {
	const chinese = zh.trim();
	const english = en.trim();
	if (chinese === '' && english === '') return undefined;
	return { 'zh-CN': chinese || english, en: english || chinese };
}

const filled = (text: string): string | undefined => text.trim() || undefined;

/** The definition that a form describes; judged where it is saved. */
export function toDefinition(form: MetricForm): MetricDefinition {
	const isRatio = form.from === 'ratio';
	const definition = {
		id: form.id.trim(),
		name: both(form.name) ?? { 'zh-CN': '', en: '' },
		description: both(form.description),
		unit: form.unit.trim(),
		direction: form.direction,
		range: form.direction === 'range' ? interval(form.low, form.high) : undefined,
		class: form.class,
		grain: form.grain,
		period: form.period,
		aggregation: isRatio ? ('ratio' as const) : form.aggregation,
		numerator: isRatio ? filled(form.numerator) : undefined,
		denominator: isRatio ? filled(form.denominator) : undefined,
		target_aggregation: form.targetAggregation || undefined,
		formula: form.from === 'formula' ? form.formula : undefined,
		window: form.hasWindow ? { ...form.window } : undefined,
		rank: form.rank ? { within: form.rank, order: form.rankOrder } : undefined,
		streak: form.streak === undefined ? undefined : { when: form.streak },
		from_records: form.from === 'records' ? fromRecords(form.records) : undefined,
		valid: interval(form.validLow, form.validHigh),
		decimals: form.decimals ?? undefined,
		owner: filled(form.owner),
		entered_by: filled(form.enteredBy),
		source: both(form.source),
		evidence: both(form.evidence),
		gaming: both(form.gaming),
		controllable: form.controllable === '' ? undefined : form.controllable === 'yes',
		reference: filled(form.reference)
	};
	return withoutBlanks(definition);
}

function fromRecords(records: MetricForm['records']): FromRecords {
	const { record, take, where, date } = records;
	// A number of records or of different values is not computed from any.
	const isComputed = records.value !== null && isComputable(take);
	const column = isComputed || take === 'count' ? undefined : records.column || undefined;
	return withoutBlanks({
		record,
		take,
		column,
		value: isComputed ? (records.value ?? undefined) : undefined,
		where,
		date
	});
}

/** Whether what is taken of a record may be computed from several of its columns. */
export function isComputable(take: FromRecords['take']): boolean {
	return take !== 'count' && take !== 'distinct';
}

function interval(low: number | null, high: number | null): [number, number] | undefined {
	return low === null || high === null ? undefined : [low, high];
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The fields that have a value: a definition has no key without one. */
function withoutBlanks<T extends object>(fields: T): Present<T> {
	return Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== undefined)
	) as Present<T>;
}

/** An id from an English name: `Training hours` becomes `training_hours`. */
export function proposeId(name: Words): string {
	const word = name.en
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '_')
		.replace(/^[_0-9]+|_+$/g, '');
	return word.slice(0, 60);
}
