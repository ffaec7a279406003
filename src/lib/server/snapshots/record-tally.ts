/**
 * What a metric takes from records, as states that merge: sums of March and of April give that of
 * both, and means, medians and shares are taken over all records of a period, never over means.
 * Pure: the same records give the same figures in any order.
 */
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import type { RuleNode } from '#lib/engine/logic/node.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Json, JsonObject, Rule, Value } from '#lib/engine/logic/rule.ts';
import { isTruthy } from '#lib/engine/logic/value.ts';
import { variablesOf } from '#lib/engine/logic/variables.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { isDay } from '#lib/engine/scheme/period.ts';

export type FromRecords = NonNullable<MetricDefinition['from_records']>;

/** The records of one subject in one period, as far as a metric needs to remember them. */
export class Tally {
	/** Records of the subject, whether or not they fulfil the condition. */
	records = 0;
	/** Those that fulfil the condition. */
	matched = 0;
	/** Those of the matched that have a value in the column. */
	valued = 0;
	/** Sum of the column over the matched, and what rounding took from it. */
	sum = 0;
	sumRest = 0;
	/** The same over all records: what a share of amounts is divided by. */
	base = 0;
	baseRest = 0;
	/** Values in the column of the matched: medians and distinct counts need each. */
	readonly values: (number | string)[] = [];

	addSum(value: number): void {
		const sum = this.sum + value;
		this.sumRest += lost(this.sum, value, sum);
		this.sum = sum;
	}

	addBase(value: number): void {
		const base = this.base + value;
		this.baseRest += lost(this.base, value, base);
		this.base = base;
	}

	/** Takes in the records of another period or subject. */
	merge(other: Tally): void {
		this.records += other.records;
		this.matched += other.matched;
		this.valued += other.valued;
		this.addSum(other.sum);
		this.sumRest += other.sumRest;
		this.addBase(other.base);
		this.baseRest += other.baseRest;
		for (const value of other.values) this.values.push(value);
	}
}

/**
 * What the rounded sum of two doubles is short of the exact one (Knuth). Carried beside the sum it
 * doubles the precision, so that the order in which records come changes no figure.
 */
function lost(a: number, b: number, sum: number): number {
	const grown = sum - a;
	return a - (sum - grown) + (b - grown);
}

/** Days since 1970-01-01. */
function dayNumber(day: string): number {
	return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

/** A rule over the columns of one record. */
class RecordRule {
	readonly #node: RuleNode;
	/** The columns that it reads, each with its path. */
	readonly #columns: readonly (readonly [column: string, path: string])[];

	constructor(rule: Rule) {
		this.#node = parseRule(rule).node;
		this.#columns = [...variablesOf(this.#node)]
			.filter((path) => path.startsWith('record.'))
			.map((path) => [path.slice('record.'.length), path] as const);
	}

	of(data: JsonObject): Value {
		const variables = new Map<string, Json>();
		for (const [column, path] of this.#columns) variables.set(path, data[column] ?? null);
		return evaluateRule(this.#node, variables).value;
	}
}

/** Adds records to tallies as one metric takes them. */
export class RecordTaker {
	readonly from: FromRecords;
	readonly #where: RecordRule | null;
	readonly #value: RecordRule | null;

	constructor(from: FromRecords) {
		this.from = from;
		this.#where = from.where === undefined ? null : new RecordRule(from.where);
		this.#value = from.value === undefined ? null : new RecordRule(from.value);
	}

	/** True when the record fulfils the metric's condition. */
	accepts(data: JsonObject): boolean {
		return !this.#where || isTruthy(this.#where.of(data));
	}

	/**
	 * What the metric takes of the record: the value of its column, or what is computed from several;
	 * null where there is none. A date is taken as its
	 * day number, so that the mean days between two dates are the difference of their means.
	 */
	valueOf(data: JsonObject): number | string | null {
		if (this.#value) {
			const computed = this.#value.of(data);
			return typeof computed === 'number' && Number.isFinite(computed) ? computed : null;
		}
		const value = this.from.column === undefined ? null : (data[this.from.column] ?? null);
		if (typeof value === 'string' && this.from.take !== 'distinct' && isDay(value)) {
			return dayNumber(value);
		}
		if (typeof value === 'number' || typeof value === 'string') return value;
		return typeof value === 'boolean' ? String(value) : null;
	}

	add(tally: Tally, data: JsonObject): void {
		tally.records += 1;
		const { take } = this.from;
		const value = this.valueOf(data);
		if (take === 'share' && typeof value === 'number') tally.addBase(value);
		if (!this.accepts(data)) return;
		tally.matched += 1;
		if (value === null) return;
		if (take === 'distinct' || (take === 'median' && typeof value === 'number')) {
			tally.values.push(value);
			tally.valued += 1;
		} else if (typeof value === 'number') {
			tally.addSum(value);
			tally.valued += 1;
		}
	}
}

/**
 * The figure of a tally; null where there is none. Somebody without any record has no figure at
 * all: whether that means nothing happened or nothing was told is for the scheme to say. Somebody
 * with records, none of which fulfils the condition, has 0 of them.
 */
export function figureOf(from: FromRecords, tally: Tally): number | null {
	if (tally.records === 0) return null;
	switch (from.take) {
		case 'count':
			return tally.matched;
		case 'distinct':
			return new Set(tally.values).size;
		case 'sum':
			if (tally.matched > 0 && tally.valued === 0) return null;
			return tally.sum + tally.sumRest + 0;
		case 'mean':
			return tally.valued === 0 ? null : (tally.sum + tally.sumRest) / tally.valued + 0;
		case 'median':
			return median(tally.values.filter((value) => typeof value === 'number'));
		case 'share': {
			if (from.column === undefined && from.value === undefined)
				return tally.matched / tally.records;
			const base = tally.base + tally.baseRest;
			return base === 0 ? null : (tally.sum + tally.sumRest) / base + 0;
		}
	}
}

function median(values: readonly number[]): number | null {
	if (values.length === 0) return null;
	const sorted = Float64Array.from(values).sort();
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? 0;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/**
 * True for metrics whose longer periods (and teams) are taken anew from all their records: sums and
 * counts because it is the same and keeps every bit; means, medians and shares because a mean of
 * means would weigh a month of one record like one of a hundred.
 */
export function isTakenWhole(metric: MetricDefinition): boolean {
	const take = metric.from_records?.take;
	if (take === 'sum' || take === 'count') return metric.aggregation === 'sum';
	if (take === 'mean' || take === 'median' || take === 'share')
		return metric.aggregation === 'mean';
	return false;
}
