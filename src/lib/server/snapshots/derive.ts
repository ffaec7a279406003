/**
 * Derived metrics: formula, ratio, window, streak and rank over observed ones. Pure.
 *
 * A formula and a ratio are evaluated in the scheme's period, over inputs already combined: a ratio
 * of sums, never a mean of ratios. Windows and streaks count periods of the metric's own length and
 * end with the last of them inside the scheme's period. A rank compares the people of the period.
 */
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import type { RuleNode } from '#lib/engine/logic/node.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Json, Rule, Value } from '#lib/engine/logic/rule.ts';
import { isTruthy } from '#lib/engine/logic/value.ts';
import { variablesOf } from '#lib/engine/logic/variables.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import {
	Calendar,
	combine,
	FigureStore,
	observedIn,
	ownLength,
	type Told
} from './figure-store.ts';
import type { RecordFigures } from './record-figures.ts';
import { SubjectValues, type SubjectKey, type Subjects } from './subjects.ts';

/** A streak longer than this is told as this: ten years of months. */
const LONGEST_STREAK = 120;

/** Who is compared with whom in a rank: the people of a period and their units. */
export interface Peers {
	/** Employees of the period, by id, with the unit they are in; null when in none. */
	readonly unitOf: ReadonlyMap<string, string | null>;
}

interface ParsedRule {
	readonly node: RuleNode;
	/** The metrics that it reads, each with its path. */
	readonly metrics: readonly (readonly [id: string, path: string])[];
}

/** How figures of people become those of units, and the other way round. */
export interface Groups {
	/** A metric of people, taken together for everybody in a unit and below it. */
	readonly totalOf: (metric: MetricDefinition, unitId: string, period: string) => number | null;
	/** A metric of units, of the unit nearest to a person that has it. */
	readonly nearestTo: (
		metric: MetricDefinition,
		employeeId: string,
		period: string
	) => number | null;
}

export interface ValueSources {
	readonly groups?: Groups;
	readonly records?: RecordFigures;
}

/** Values of all metrics of a client, derived ones included; each is computed once. */
export class MetricValues {
	readonly #metrics: ReadonlyMap<string, MetricDefinition>;
	readonly #store: FigureStore;
	readonly #calendar: Calendar;
	readonly #peersOf: (period: string) => Peers;
	readonly #groups: Groups | null;
	readonly #records: RecordFigures | null;
	readonly #subjects: Subjects;
	readonly #rules = new Map<Rule, ParsedRule>();
	/** By metric, then by period. */
	readonly #values = new Map<string, Map<string, SubjectValues>>();
	readonly #ranks = new Map<string, ReadonlyMap<string, number>>();

	constructor(
		metrics: ReadonlyMap<string, MetricDefinition>,
		store: FigureStore,
		calendar: Calendar,
		peersOf: (period: string) => Peers,
		sources: ValueSources = {}
	) {
		this.#metrics = metrics;
		this.#store = store;
		this.#subjects = store.subjects;
		this.#calendar = calendar;
		this.#peersOf = peersOf;
		this.#groups = sources.groups ?? null;
		this.#records = sources.records ?? null;
	}

	/** The value of a metric for a subject in a period; null where it is missing. */
	value(metricId: string, subject: SubjectKey, period: string): number | null {
		return this.valueOf(metricId, this.#subjects.numberOf(subject), period);
	}

	/** The same for the number that the store's `subjects` gave. */
	valueOf(metricId: string, subject: number, period: string): number | null {
		const metric = this.#metrics.get(metricId);
		if (!metric) return null;
		const across = this.#acrossGrains(metric, subject, period);
		if (across !== undefined) return across;
		if (!metric.rank) return this.#unranked(metric, subject, period);
		if (this.#subjects.kindOf(subject) === 'unit') return null;
		return this.#ranking(metric, period).get(this.#subjects.idOf(subject)) ?? null;
	}

	#unranked(metric: MetricDefinition, subject: number, period: string): number | null {
		const values = this.#valuesOf(metric.id, period);
		const known = values.get(subject);
		if (known !== undefined) return known;
		// Set first: a circle that slipped through ends as missing, not as an endless walk.
		values.set(subject, null, this.#subjects.size);
		const value = finite(this.#compute(metric, subject, period));
		values.set(subject, value, this.#subjects.size);
		return value;
	}

	#valuesOf(metric: string, period: string): SubjectValues {
		let periods = this.#values.get(metric);
		if (!periods) this.#values.set(metric, (periods = new Map()));
		let values = periods.get(period);
		if (!values) periods.set(period, (values = new SubjectValues()));
		return values;
	}

	#compute(metric: MetricDefinition, subject: number, period: string): number | null {
		if (metric.streak) return this.#streak(metric, metric.streak.when, subject, period);
		if (metric.window) return this.#window(metric, metric.window, subject, period);
		return this.#base(metric, subject, period);
	}

	/** Formula, ratio of sums, or what was observed. */
	#base(metric: MetricDefinition, subject: number, period: string): number | null {
		if (metric.formula !== undefined) {
			const result = this.#evaluate(metric.formula, metric, subject, period);
			return typeof result === 'number' ? result : null;
		}
		if (metric.aggregation === 'ratio' && metric.numerator && metric.denominator) {
			const above = this.valueOf(metric.numerator, subject, period);
			const below = this.valueOf(metric.denominator, subject, period);
			return above === null || below === null || below === 0 ? null : above / below;
		}
		return this.#observed(metric, subject, period);
	}

	/**
	 * A metric of people asked for a unit is the total of its people, unless the unit was told a
	 * figure of its own; a metric of units asked for a person is that of the nearest unit. Undefined
	 * where the metric is of the subject itself.
	 */
	#acrossGrains(
		metric: MetricDefinition,
		subject: number,
		period: string
	): number | null | undefined {
		if (this.#groups === null) return undefined;
		const kind = this.#subjects.kindOf(subject);
		if (kind === metric.grain) return undefined;
		const told = this.#observed(metric, subject, period);
		if (told !== null) return told;
		const id = this.#subjects.idOf(subject);
		return kind === 'unit'
			? this.#groups.totalOf(metric, id, period)
			: this.#groups.nearestTo(metric, id, period);
	}

	/** What was told or taken from records; shorter periods combined. */
	#observed(metric: MetricDefinition, subject: number, period: string): number | null {
		const told = this.#store.told(metric.id, subject);
		const whole = metric.from_records
			? this.#records?.whole(metric.id, [this.#subjects.keyOf(subject)], period)
			: undefined;
		if (typeof whole === 'number' && !this.#isPartlyTold(metric, subject, period, told))
			return whole;
		return observedIn(told, metric, period, this.#calendar);
	}

	/** Whether a part of the period has a told figure and no records: then parts are combined. */
	#isPartlyTold(metric: MetricDefinition, subject: number, period: string, told: Told): boolean {
		const length = ownLength(metric);
		const parts = new Set(this.#calendar.parts(period, length) ?? []);
		const key = this.#subjects.keyOf(subject);
		for (const [part] of told) {
			const inside = metric.period === 'day' ? parts.has(part.slice(0, 7)) : parts.has(part);
			if (inside && !this.#records?.has(metric.id, key, part)) return true;
		}
		return false;
	}

	#window(
		metric: MetricDefinition,
		window: NonNullable<MetricDefinition['window']>,
		subject: number,
		period: string
	): number | null {
		const last = this.#calendar.lastPart(period, ownLength(metric));
		if (last === null) return null;
		const values: number[] = [];
		for (let back = window.periods - 1; back >= 0; back -= 1) {
			const value = this.#base(metric, subject, this.#calendar.earlier(last, back));
			if (value !== null) values.push(value);
		}
		return window.take === 'count' ? values.length : combine(values, window.take);
	}

	#streak(metric: MetricDefinition, when: Rule, subject: number, period: string): number | null {
		const last = this.#calendar.lastPart(period, ownLength(metric));
		if (last === null) return null;
		let length = 0;
		while (length < LONGEST_STREAK) {
			const at = this.#calendar.earlier(last, length);
			if (!isTruthy(this.#evaluate(when, metric, subject, at))) break;
			length += 1;
		}
		return length;
	}

	#evaluate(rule: Rule, metric: MetricDefinition, subject: number, period: string): Value {
		const { node, metrics } = this.#parsed(rule);
		const variables = new Map<string, Json>();
		for (const [id, path] of metrics) {
			const value =
				id === metric.id
					? this.#observed(metric, subject, period)
					: this.valueOf(id, subject, period);
			variables.set(path, value);
		}
		return evaluateRule(node, variables).value;
	}

	#parsed(rule: Rule): ParsedRule {
		const known = this.#rules.get(rule);
		if (known) return known;
		const { node } = parseRule(rule);
		const metrics = [...variablesOf(node)]
			.filter((path) => path.startsWith('metric.'))
			.map((path) => [path.slice('metric.'.length), path] as const);
		const parsed = { node, metrics };
		this.#rules.set(rule, parsed);
		return parsed;
	}

	/** 1 is best; who ties shares the better rank. People without a value have none. */
	#ranking(metric: MetricDefinition, period: string): ReadonlyMap<string, number> {
		const key = `${metric.id}\u0001${period}`;
		const known = this.#ranks.get(key);
		if (known) return known;
		const groups = new Map<string, { employee: string; value: number }[]>();
		for (const [employee, unit] of this.#peersOf(period).unitOf) {
			const value = this.#unranked(metric, this.#subjects.of('employee', employee), period);
			if (value === null) continue;
			const name = metric.rank?.within === 'unit' ? (unit ?? '') : 'client';
			const group = groups.get(name);
			if (group) group.push({ employee, value });
			else groups.set(name, [{ employee, value }]);
		}
		const sign = metric.rank?.order === 'low' ? 1 : -1;
		const ranks = new Map<string, number>();
		for (const group of groups.values()) {
			group.sort((a, b) => (a.value - b.value) * sign);
			let best = 1;
			for (const [at, { employee, value }] of group.entries()) {
				if (value !== group[at - 1]?.value) best = at + 1;
				ranks.set(employee, best);
			}
		}
		this.#ranks.set(key, ranks);
		return ranks;
	}
}

function finite(value: number | null): number | null {
	return value === null || !Number.isFinite(value) ? null : value + 0;
}

/** The metrics that these need, themselves included: inputs of formulas, ratios and streaks. */
export function closure(
	metrics: ReadonlyMap<string, MetricDefinition>,
	ids: Iterable<string>,
	sourcesOf: (metric: MetricDefinition) => readonly string[]
): Set<string> {
	const found = new Set<string>();
	const open = [...ids];
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		if (found.has(id)) continue;
		found.add(id);
		const metric = metrics.get(id);
		if (metric) open.push(...sourcesOf(metric));
	}
	return found;
}
