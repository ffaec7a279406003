/**
 * Figures of a client in memory, and how shorter periods combine into longer ones. Pure: the same
 * facts give the same values in any order of asking.
 */
import { lengthOfPeriod, monthsOf, periodOf, shiftPeriod } from '#lib/contract/periods.ts';
import type { PeriodLength } from '#lib/engine/scheme/document.ts';
import type {
	MetricAggregation,
	MetricDefinition,
	TargetAggregation
} from '#lib/engine/scheme/metric.ts';
import type { Figure } from './figures.ts';

/** `employee` or `unit` and its id. */
export type SubjectKey = string;

export function subjectKey(kind: 'employee' | 'unit', id: string): SubjectKey {
	return `${kind}\u0001${id}`;
}

/** Facts by metric, subject and period; a later one replaces an earlier one. */
export class FigureStore {
	readonly #values = new Map<string, Map<SubjectKey, Map<string, number>>>();

	add(figure: Figure): void {
		const subjects = this.#values.get(figure.metric) ?? new Map<SubjectKey, Map<string, number>>();
		this.#values.set(figure.metric, subjects);
		const key = subjectKey(figure.subjectKind, figure.subjectId);
		const periods = subjects.get(key) ?? new Map<string, number>();
		subjects.set(key, periods);
		if (figure.value === null) periods.delete(figure.period);
		else periods.set(figure.period, figure.value);
	}

	/** The periods of one subject's metric. */
	periods(metric: string, subject: SubjectKey): ReadonlyMap<string, number> {
		return this.#values.get(metric)?.get(subject) ?? NONE;
	}
}

const NONE: ReadonlyMap<string, number> = new Map();

/** Where days and months lie in longer periods, worked out once. */
export class Calendar {
	readonly fiscalMonth: number;
	readonly #parts = new Map<string, readonly string[]>();
	readonly #parents = new Map<string, string>();

	constructor(fiscalMonth: number) {
		this.fiscalMonth = fiscalMonth;
	}

	/** The periods of a shorter (or the same) length that make up a period; null when it is longer. */
	parts(period: string, length: PeriodLength): readonly string[] | null {
		const own = lengthOfPeriod(period);
		if (own === null || own === 'day' || ORDER[length] > ORDER[own]) return null;
		if (own === length) return [period];
		const key = `${period} ${length}`;
		let parts = this.#parts.get(key);
		if (!parts) {
			const months = monthsOf(period, this.fiscalMonth);
			parts = [...new Set(months.map((month) => this.parent(month, length)))];
			this.#parts.set(key, parts);
		}
		return parts;
	}

	/** The period of a length that a month belongs to. */
	parent(month: string, length: PeriodLength): string {
		const key = `${month} ${length}`;
		let parent = this.#parents.get(key);
		if (parent === undefined) {
			parent = periodOf(month, length, this.fiscalMonth);
			this.#parents.set(key, parent);
		}
		return parent;
	}

	/** The last part of a period: where a monthly window ends in a quarter. */
	lastPart(period: string, length: PeriodLength): string | null {
		return this.parts(period, length)?.at(-1) ?? null;
	}

	/** The period `count` earlier, of the same length. */
	earlier(period: string, count: number): string {
		return count === 0 ? period : shiftPeriod(period, -count);
	}
}

const ORDER: Readonly<Record<PeriodLength, number>> = { month: 0, quarter: 1, half: 2, year: 3 };

/** The length in which a metric counts its windows; days are too short for any scheme. */
export function ownLength(metric: Pick<MetricDefinition, 'period'>): PeriodLength {
	return metric.period === 'day' ? 'month' : metric.period;
}

/** Values in order of time, combined; null when there are none. */
export function combine(
	values: readonly number[],
	how: Exclude<MetricAggregation, 'ratio'> | TargetAggregation
): number | null {
	if (values.length === 0) return null;
	switch (how) {
		case 'sum':
			return values.reduce((sum, value) => sum + value, 0);
		case 'mean':
			return values.reduce((sum, value) => sum + value, 0) / values.length;
		case 'last':
			return values.at(-1) ?? null;
		case 'max':
			return Math.max(...values);
		case 'min':
			return Math.min(...values);
	}
}

/** What was told of a metric in a period, shorter periods combined; null where nothing was. */
export function observedIn(
	periods: ReadonlyMap<string, number>,
	metric: MetricDefinition,
	period: string,
	calendar: Calendar
): number | null {
	const exact = periods.get(period);
	if (exact !== undefined) return exact;
	if (periods.size === 0 || metric.aggregation === 'ratio') return null;
	if (metric.period === 'day')
		return combine(daysIn(periods, period, calendar), metric.aggregation);
	const parts = calendar.parts(period, metric.period);
	if (!parts || parts.length < 2) return null;
	return combine(valuesOf(periods, parts), metric.aggregation);
}

function valuesOf(periods: ReadonlyMap<string, number>, parts: readonly string[]): number[] {
	return parts.flatMap((part) => periods.get(part) ?? []);
}

function daysIn(
	periods: ReadonlyMap<string, number>,
	period: string,
	calendar: Calendar
): number[] {
	const months = new Set(calendar.parts(period, 'month') ?? []);
	return [...periods]
		.filter(([day]) => day.length === 10 && months.has(day.slice(0, 7)))
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([, value]) => value);
}

/** How targets of shorter periods combine: as defined, else like the metric itself. */
export function targetAggregation(metric: MetricDefinition): TargetAggregation {
	return metric.target_aggregation ?? (metric.aggregation === 'sum' ? 'sum' : 'mean');
}

/** The target of a period: the one agreed for it, else those of shorter periods combined. */
export function targetIn(
	periods: ReadonlyMap<string, number>,
	metric: MetricDefinition,
	period: string,
	calendar: Calendar
): number | null {
	const exact = periods.get(period);
	if (exact !== undefined) return exact;
	if (periods.size === 0) return null;
	for (const length of ['half', 'quarter', 'month'] as const) {
		const parts = calendar.parts(period, length);
		if (!parts || parts.length < 2) continue;
		const values = valuesOf(periods, parts);
		if (values.length > 0) return combine(values, targetAggregation(metric));
	}
	return null;
}
