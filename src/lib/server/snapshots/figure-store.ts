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
import { Subjects } from './subjects.ts';

/** What was told of one metric of one subject, by period. */
export interface Told extends Iterable<readonly [string, number]> {
	readonly size: number;
	get(period: string): number | undefined;
}

const NOTHING: Told = new Map<string, number>();

/** Facts by metric, subject and period; a later one replaces an earlier one. */
export class FigureStore {
	readonly subjects: Subjects;
	readonly #periods = new PeriodNumbers();
	readonly #series = new Map<string, Series>();

	/** Stores that share `subjects` can be asked by the same numbers. */
	constructor(subjects: Subjects = new Subjects()) {
		this.subjects = subjects;
	}

	add({ subjectKind, subjectId, metric, period, value }: Figure): void {
		let series = this.#series.get(metric);
		if (!series) this.#series.set(metric, (series = new Series(this.#periods)));
		const subject = this.subjects.of(subjectKind, subjectId);
		series.add(subject, this.#periods.numberOf(period), value);
	}

	/** The periods of one subject's metric. */
	told(metric: string, subject: number): Told {
		return this.#series.get(metric)?.of(subject) ?? NOTHING;
	}
}

/** Numbers for the ids of periods, in the order of asking. */
class PeriodNumbers {
	readonly #numbers = new Map<string, number>();
	readonly #ids: string[] = [];

	get size(): number {
		return this.#ids.length;
	}

	numberOf(id: string): number {
		let number = this.#numbers.get(id);
		if (number === undefined) {
			number = this.#ids.length;
			this.#numbers.set(id, number);
			this.#ids.push(id);
		}
		return number;
	}

	find(id: string): number | undefined {
		return this.#numbers.get(id);
	}

	idOf(number: number): string {
		return this.#ids[number] ?? '';
	}
}

/** The figures of one metric, as told and then in the order of subjects. */
class Series {
	readonly #periodNumbers: PeriodNumbers;
	#length = 0;
	#subjects = new Int32Array(64);
	#periods = new Int32Array(64);
	/** NaN where a later fact took the figure away. */
	#values = new Float64Array(64);
	#sorted: SortedSeries | null = null;

	constructor(periodNumbers: PeriodNumbers) {
		this.#periodNumbers = periodNumbers;
	}

	add(subject: number, period: number, value: number | null): void {
		if (this.#length === this.#subjects.length) this.#grow();
		this.#subjects[this.#length] = subject;
		this.#periods[this.#length] = period;
		this.#values[this.#length] = value ?? NaN;
		this.#length += 1;
		this.#sorted = null;
	}

	of(subject: number): Told {
		this.#sorted ??= this.#sort();
		const { starts, periods, values } = this.#sorted;
		const from = starts[subject] ?? periods.length;
		const to = starts[subject + 1] ?? from;
		return from === to ? NOTHING : new ToldSlice(this.#periodNumbers, periods, values, from, to);
	}

	#grow(): void {
		const size = this.#subjects.length * 2;
		const subjects = new Int32Array(size);
		const periods = new Int32Array(size);
		const values = new Float64Array(size);
		subjects.set(this.#subjects);
		periods.set(this.#periods);
		values.set(this.#values);
		this.#subjects = subjects;
		this.#periods = periods;
		this.#values = values;
	}

	/** Counts, then places: by subject, of each subject and period only what was told last. */
	#sort(): SortedSeries {
		let subjectCount = 0;
		for (let at = 0; at < this.#length; at += 1)
			subjectCount = Math.max(subjectCount, (this.#subjects[at] ?? 0) + 1);
		const next = new Int32Array(subjectCount + 1);
		for (let at = 0; at < this.#length; at += 1) {
			const subject = this.#subjects[at] ?? 0;
			next[subject + 1] = (next[subject + 1] ?? 0) + 1;
		}
		for (let subject = 0; subject < subjectCount; subject += 1)
			next[subject + 1] = (next[subject + 1] ?? 0) + (next[subject] ?? 0);
		const order = new Int32Array(this.#length);
		for (let at = 0; at < this.#length; at += 1) {
			const subject = this.#subjects[at] ?? 0;
			const place = next[subject] ?? 0;
			order[place] = at;
			next[subject] = place + 1;
		}
		return this.#lastTold(order, subjectCount);
	}

	#lastTold(order: Int32Array, subjectCount: number): SortedSeries {
		const starts = new Int32Array(subjectCount + 1);
		const periods = new Int32Array(this.#length);
		const values = new Float64Array(this.#length);
		/** Where the figure of a period lies, and whose that is. */
		const placed = new Int32Array(this.#periodNumbers.size);
		const owner = new Int32Array(this.#periodNumbers.size).fill(-1);
		let length = 0;
		let from = 0;
		for (let subject = 0; subject < subjectCount; subject += 1) {
			const start = length;
			starts[subject] = start;
			for (; from < order.length; from += 1) {
				const at = order[from] ?? 0;
				if (this.#subjects[at] !== subject) break;
				const period = this.#periods[at] ?? 0;
				const place = owner[period] === subject ? (placed[period] ?? 0) : length++;
				owner[period] = subject;
				placed[period] = place;
				periods[place] = period;
				values[place] = this.#values[at] ?? NaN;
			}
			length = withoutMissing(periods, values, start, length);
		}
		starts[subjectCount] = length;
		return { starts, periods: periods.subarray(0, length), values: values.subarray(0, length) };
	}
}

interface SortedSeries {
	/** Where the figures of each subject begin. */
	readonly starts: Int32Array;
	readonly periods: Int32Array;
	readonly values: Float64Array;
}

/** Closes the gaps of figures that were taken away; gives the new end. */
function withoutMissing(
	periods: Int32Array,
	values: Float64Array,
	start: number,
	end: number
): number {
	let kept = start;
	for (let at = start; at < end; at += 1) {
		const value = values[at] ?? NaN;
		if (Number.isNaN(value)) continue;
		periods[kept] = periods[at] ?? 0;
		values[kept] = value;
		kept += 1;
	}
	return kept;
}

/** A few figures in the arrays of a series. */
class ToldSlice implements Told {
	readonly #numbers: PeriodNumbers;
	readonly #periods: Int32Array;
	readonly #values: Float64Array;
	readonly #from: number;
	readonly #to: number;

	constructor(
		numbers: PeriodNumbers,
		periods: Int32Array,
		values: Float64Array,
		from: number,
		to: number
	) {
		this.#numbers = numbers;
		this.#periods = periods;
		this.#values = values;
		this.#from = from;
		this.#to = to;
	}

	get size(): number {
		return this.#to - this.#from;
	}

	get(period: string): number | undefined {
		const number = this.#numbers.find(period);
		if (number === undefined) return undefined;
		for (let at = this.#from; at < this.#to; at += 1)
			if (this.#periods[at] === number) return this.#values[at];
		return undefined;
	}

	*[Symbol.iterator](): Generator<readonly [string, number]> {
		for (let at = this.#from; at < this.#to; at += 1)
			yield [this.#numbers.idOf(this.#periods[at] ?? 0), this.#values[at] ?? NaN];
	}
}

/** Where days and months lie in longer periods, worked out once. */
export class Calendar {
	readonly fiscalMonth: number;
	readonly #parts = new Map<string, readonly string[]>();
	readonly #parents = new Map<string, string>();
	readonly #earlier = new Map<string, string[]>();

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
		if (count === 0) return period;
		let shifted = this.#earlier.get(period);
		if (!shifted) this.#earlier.set(period, (shifted = []));
		return (shifted[count] ??= shiftPeriod(period, -count));
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
	periods: Told,
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

function valuesOf(periods: Told, parts: readonly string[]): number[] {
	return parts.flatMap((part) => periods.get(part) ?? []);
}

function daysIn(periods: Told, period: string, calendar: Calendar): number[] {
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
	periods: Told,
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
