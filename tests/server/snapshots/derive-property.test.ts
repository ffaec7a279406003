/**
 * Derived metrics against an oracle that shares nothing with them: it walks the definitions anew for
 * every cell, keeps no value, and knows months only as numbers since the year 0. Ratios, formulas,
 * windows, streaks, ranks and team totals of random metrics over random figures must agree exactly.
 */
import { describe, expect, test } from 'vitest';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { checkMetricCycles, metricSources } from '#lib/engine/scheme/metric-validate.ts';
import { UnitTree } from '#lib/server/people/unit-tree.ts';
import { MetricValues, type Groups, type Peers } from '#lib/server/snapshots/derive.ts';
import { Calendar, FigureStore } from '#lib/server/snapshots/figure-store.ts';
import { subjectKey } from '#lib/server/snapshots/subjects.ts';
import { TeamFigures } from '#lib/server/snapshots/team-figures.ts';
import { metric } from '../imports/import-files.ts';

const SEED = 5_202_611;
const WORLDS = 60;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomness(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

type Aggregation = 'sum' | 'mean' | 'last' | 'max' | 'min';
type Definition = MetricDefinition;

interface World {
	readonly metrics: ReadonlyMap<string, Definition>;
	/** Told figures of people: `metric person month`. */
	readonly told: ReadonlyMap<string, number>;
	readonly unitOf: ReadonlyMap<string, string>;
	readonly parents: ReadonlyMap<string, string | null>;
}

const FIRST = 2024 * 12;
const MONTHS = 18;
const PEOPLE = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6'];
const name = (month: number): string =>
	`${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

function makeWorld(seed: number): World {
	const next = randomness(seed);
	const pick = <T>(values: readonly T[]): T => {
		const value = values[Math.floor(next() * values.length)];
		if (value === undefined) throw new Error('nothing to choose from');
		return value;
	};
	const parents = new Map<string, string | null>([
		['root', null],
		['a', 'root'],
		['b', 'root'],
		['a1', 'a']
	]);
	const unitOf = new Map(PEOPLE.map((id) => [id, pick(['a', 'b', 'a1'])]));
	const metrics = new Map<string, Definition>();
	const told = new Map<string, number>();
	const aggregations: readonly Aggregation[] = ['sum', 'mean', 'last', 'max', 'min'];
	const put = (definition: object): void => {
		const one = definition as Definition;
		metrics.set(one.id, one);
	};
	for (let at = 0; at < 4; at += 1) {
		const id = `told${at}`;
		put(metric(id, { aggregation: pick(aggregations) }));
		for (const person of PEOPLE) {
			for (let month = FIRST; month < FIRST + MONTHS; month += 1) {
				if (next() < 0.75) told.set(`${id} ${person} ${name(month)}`, Math.round(next() * 20) - 4);
			}
		}
	}
	// Each derived metric is made from those before it, so there is no circle.
	for (let at = 0; at < 8; at += 1) {
		const known = [...metrics.keys()];
		const id = `made${at}`;
		const [left, right] = [pick(known), pick(known)];
		const form = pick(['formula', 'ratio', 'window', 'streak', 'rank']);
		const rule = {
			[pick(['+', '-', '*', '/'])]: [{ var: `metric.${left}` }, { var: `metric.${right}` }]
		};
		const take = pick(['sum', 'mean', 'min', 'max', 'last', 'count']);
		const base = { aggregation: pick(aggregations) };
		if (form === 'ratio') {
			put(metric(id, { aggregation: 'ratio', numerator: left, denominator: right }));
		} else if (form === 'window') {
			put(
				metric(id, {
					...base,
					formula: rule,
					window: { periods: 1 + Math.floor(next() * 4), take }
				})
			);
		} else if (form === 'streak') {
			put(metric(id, { ...base, streak: { when: { '>': [{ var: `metric.${left}` }, 3] } } }));
		} else if (form === 'rank') {
			const rank = { within: pick(['unit', 'client']), order: pick(['high', 'low']) };
			put(metric(id, { ...base, formula: rule, rank }));
		} else put(metric(id, { ...base, formula: rule }));
	}
	for (const [at, source] of ['told0', 'told1', 'made0'].entries()) {
		put(
			metric(`unit${at}`, {
				grain: 'unit',
				formula: { '/': [{ var: `metric.${source}` }, { var: 'metric.told2' }] }
			})
		);
	}
	return { metrics, told, unitOf, parents };
}

/** The oracle. Periods are lists of month numbers; nothing is kept between questions. */
class Oracle {
	readonly #world: World;

	constructor(world: World) {
		this.#world = world;
	}

	person(id: string, person: string, months: readonly number[]): number | null {
		const definition = this.#definition(id);
		if (definition.rank) return this.#rank(definition, person, months);
		return this.#plain(
			definition,
			(source, period) => this.person(source, person, period),
			months,
			(at) => this.#world.told.get(`${id} ${person} ${name(at)}`)
		);
	}

	unit(id: string, unit: string, months: readonly number[]): number | null {
		const definition = this.#definition(id);
		if (definition.grain !== 'unit') return this.#total(definition, unit, months);
		return this.#plain(
			definition,
			(source, period) => this.unit(source, unit, period),
			months,
			() => undefined
		);
	}

	#definition(id: string): Definition {
		const found = this.#world.metrics.get(id);
		if (!found) throw new Error(id);
		return found;
	}

	#plain(
		definition: Definition,
		ask: (source: string, months: readonly number[]) => number | null,
		months: readonly number[],
		told: (month: number) => number | undefined
	): number | null {
		const last = months.at(-1) ?? 0;
		if (definition.streak) {
			let length = 0;
			while (length < 120 && this.#holds(definition.streak.when, ask, last - length)) length += 1;
			return length;
		}
		if (definition.window) {
			const { periods, take } = definition.window;
			const values: number[] = [];
			for (let at = last - periods + 1; at <= last; at += 1) {
				const value = this.#base(definition, ask, [at], told);
				if (value !== null) values.push(value);
			}
			return take === 'count' ? values.length : combined(values, take);
		}
		return this.#base(definition, ask, months, told);
	}

	#base(
		definition: Definition,
		ask: (source: string, months: readonly number[]) => number | null,
		months: readonly number[],
		told: (month: number) => number | undefined
	): number | null {
		if (definition.formula !== undefined) return this.#calculate(definition.formula, ask, months);
		if (definition.aggregation === 'ratio') {
			const above = ask(definition.numerator ?? '', months);
			const below = ask(definition.denominator ?? '', months);
			return above === null || below === null || below === 0 ? null : above / below + 0;
		}
		return combined(
			months.flatMap((month) => told(month) ?? []),
			definition.aggregation
		);
	}

	#calculate(
		rule: unknown,
		ask: (source: string, months: readonly number[]) => number | null,
		months: readonly number[]
	): number | null {
		const [[sign, [left, right]]] = Object.entries(rule as object) as [
			[string, [{ var: string }, { var: string }]]
		];
		const a = ask(left.var.slice(7), months);
		const b = ask(right.var.slice(7), months);
		if (a === null || b === null) return null;
		const value = sign === '+' ? a + b : sign === '-' ? a - b : sign === '*' ? a * b : a / b;
		return Number.isFinite(value) ? value + 0 : null;
	}

	#holds(
		rule: unknown,
		ask: (source: string, months: readonly number[]) => number | null,
		month: number
	): boolean {
		const { '>': parts } = rule as { '>': [{ var: string }, number] };
		const value = ask(parts[0].var.slice(7), [month]);
		return value !== null && value > parts[1];
	}

	#rank(definition: Definition, person: string, months: readonly number[]): number | null {
		const unranked = (who: string): number | null => {
			const { rank: _rank, ...rest } = definition;
			return this.#plain(
				rest,
				(source, period) => this.person(source, who, period),
				months,
				() => undefined
			);
		};
		const own = unranked(person);
		if (own === null) return null;
		const rivals = PEOPLE.filter(
			(other) =>
				definition.rank?.within === 'client' ||
				this.#world.unitOf.get(other) === this.#world.unitOf.get(person)
		);
		const better = rivals.filter((other) => {
			const value = unranked(other);
			if (value === null) return false;
			return definition.rank?.order === 'low' ? value < own : value > own;
		});
		return better.length + 1;
	}

	/** Everybody in a unit and below it, together. */
	#total(definition: Definition, unit: string, months: readonly number[]): number | null {
		const inside = (at: string | null | undefined): boolean =>
			at === unit || (typeof at === 'string' && inside(this.#world.parents.get(at)));
		const team = PEOPLE.filter((person) => inside(this.#world.unitOf.get(person)));
		const of = (id: string) => team.flatMap((person) => this.person(id, person, months) ?? []);
		if (definition.aggregation !== 'ratio')
			return combined(of(definition.id), definition.aggregation);
		const above = combined(of(definition.numerator ?? ''), 'sum');
		const below = combined(of(definition.denominator ?? ''), 'sum');
		return above === null || below === null || below === 0 ? null : above / below;
	}
}

function combined(values: readonly number[], how: Exclude<Aggregation, 'ratio'>): number | null {
	if (values.length === 0) return null;
	let total = 0;
	for (const value of values) total += value;
	if (how === 'sum') return total + 0;
	if (how === 'mean') return total / values.length + 0;
	if (how === 'last') return (values.at(-1) ?? 0) + 0;
	const sorted = [...values].sort((a, b) => a - b);
	return ((how === 'max' ? sorted.at(-1) : sorted[0]) ?? 0) + 0;
}

function valuesOf({ metrics, told, unitOf, parents }: World) {
	const store = new FigureStore();
	for (const [key, value] of told) {
		const [id = '', subjectId = '', period = ''] = key.split(' ');
		store.add({ subjectKind: 'employee', subjectId, metric: id, period, value });
	}
	const calendar = new Calendar(1);
	const peers: Peers = { unitOf };
	const tree = new UnitTree(
		new Map(
			[...parents].map(([id, parentId]) => [
				id,
				{ id, parentId, name: { 'zh-CN': id, en: id }, kind: 'team' }
			])
		)
	);
	const groups: Groups = {
		totalOf: (...asked) => teams.groups.totalOf(...asked),
		nearestTo: (...asked) => teams.groups.nearestTo(...asked)
	};
	const values = new MetricValues(metrics, store, calendar, () => peers, { groups });
	const own = new MetricValues(metrics, store, calendar, () => peers);
	const teams = new TeamFigures({
		metrics,
		values,
		told: own,
		goals: new FigureStore(store.subjects),
		calendar,
		tree,
		peersOf: () => peers
	});
	return values;
}

describe(`derived metrics of ${WORLDS} random worlds (seed ${SEED})`, () => {
	const periods: readonly (readonly [string, readonly number[]])[] = [
		['2024-07', [FIRST + 6]],
		['2025-03', [FIRST + 14]],
		['2024-Q3', [FIRST + 6, FIRST + 7, FIRST + 8]],
		['2025-Q1', [FIRST + 12, FIRST + 13, FIRST + 14]],
		['2024', Array.from({ length: 12 }, (_, at) => FIRST + at)]
	];

	test('every cell is what the definitions say, in people and in units', () => {
		let cells = 0;
		let missing = 0;
		for (let world = 0; world < WORLDS; world += 1) {
			const made = makeWorld(SEED + world);
			const values = valuesOf(made);
			const oracle = new Oracle(made);
			for (const { id, grain } of made.metrics.values()) {
				const subjects = grain === 'unit' ? [...made.parents.keys()] : PEOPLE;
				for (const subject of subjects) {
					for (const [period, months] of periods) {
						const expected =
							grain === 'unit'
								? oracle.unit(id, subject, months)
								: oracle.person(id, subject, months);
						const kind = grain === 'unit' ? 'unit' : 'employee';
						const found = values.value(id, subjectKey(kind, subject), period);
						expect(found, `world ${world}: ${id} of ${subject} in ${period}`).toBe(expected);
						cells += 1;
						if (found === null) missing += 1;
					}
				}
			}
		}
		expect(cells).toBeGreaterThan(20_000);
		// A test in which everything is missing would hold as well.
		expect(missing / cells).toBeLessThan(0.6);
	});

	test('an arrow from an early metric to a later one is found as a circle, with its path', () => {
		for (let world = 0; world < WORLDS; world += 1) {
			const { metrics } = makeWorld(SEED + world);
			expect(checkMetricCycles(metrics)).toEqual([]);
			const late = [...metrics.values()].find(
				(one) => one.id.startsWith('made') && metricSources(one).some((id) => id.startsWith('told'))
			);
			const source = late && metricSources(late).find((id) => id.startsWith('told'));
			if (!late || !source) continue;
			const closed = new Map(metrics).set(
				source,
				metric(source, {
					formula: { '+': [{ var: `metric.${late.id}` }, 1] }
				}) as unknown as MetricDefinition
			);
			const [circle] = checkMetricCycles(closed);
			expect(circle?.code).toBe('metric_cycle');
			expect(String(circle?.details['path'])).toMatch(new RegExp(`${source}`));
			expect(String(circle?.details['path'])).toContain('→');
		}
	});
});
