/**
 * Proves that weights total 100 in every region that `applies_to` can reach, or finds who they do
 * not total 100 for. A refutation always carries an employee whom the interpreter weighed.
 */
import type { Dictionary, Value } from '../logic/rule.ts';
import { variablesOf } from '../logic/variables.ts';
import type { Table } from '../table/table.ts';
import { withDerivedColumns } from '../table/derive.ts';
import { variablesOfRow } from '../table/row.ts';
import { RuleAbstraction, holds, outcomeKey, type Outcome, type ScopedRule } from './abstract.ts';
import type { Domain } from './cells.ts';
import { DiagramTooLarge, FULL_BOUND, QUICK_BOUND, type NodeRef, type Region } from './diagram.ts';
import {
	plainEmployee,
	randomEmployee,
	seededRandom,
	type Employee,
	type Within
} from './employees.ts';
import { knownRange } from './known.ts';
import type { ParsedScheme } from './parsed.ts';
import { weigh, weightOf, type WeightProblem } from './weigh.ts';

/** What everybody in a region gets. */
type WeightOutcome =
	| Outcome
	| { readonly kind: 'outside' }
	| { readonly kind: 'total'; readonly total: number }
	| { readonly kind: 'bad'; readonly item: number; readonly problem: WeightProblem };

/** A region whose weights are wrong, and somebody in it. */
export interface WrongRegion {
	/** Cells per variable; empty where it is everybody. */
	readonly choices: readonly RegionChoice[];
	/** Total in basis points; null where a single weight is wrong. */
	readonly total: number | null;
	readonly bad: { readonly item: number; readonly problem: WeightProblem } | null;
	readonly employee: Employee;
	/** Found by sampling: the region around the employee is not known. */
	readonly sampled?: true;
}

export interface RegionChoice {
	readonly domain: Domain;
	readonly cells: readonly number[];
	/** The condition, where it stays open. */
	readonly condition: ScopedRule | null;
}

/** A place that could not be decided, and why. */
export interface UnprovenPlace {
	readonly at: string;
	readonly reason: 'open_value' | 'open_condition' | 'too_large';
	readonly choices: readonly RegionChoice[];
}

export interface WeightProof {
	readonly status: 'proven' | 'refuted' | 'not_proven';
	readonly wrong: readonly WrongRegion[];
	readonly unproven: readonly UnprovenPlace[];
	/** Somebody is left outside the wrong regions, and everybody there totals 100. */
	readonly restIsRight: boolean;
	/** Nodes of the diagram: what the proof cost. */
	readonly nodes: number;
	/** What was tried where the proof did not reach. */
	readonly tried: { readonly sampled: number; readonly rows: number };
}

export interface ProofOptions {
	readonly dictionary?: Dictionary;
	readonly history?: Table;
	/** Wrong regions to name at most. */
	readonly limit?: number;
	/** Give up early and without sampling: for trying repairs. */
	readonly quick?: boolean;
}

/** Random employees that are weighed where a proof is not possible. */
export const SAMPLES = 1_000;
/** Rows of history that are weighed at most, evenly spread. */
const MAX_ROWS = 5_000;
const SEED = 20_250_701;
/** 100 % in basis points. */
export const FULL = 10_000;
/** Regions that are named in words at most; more would not be read. */
export const MAX_WRONG = 6;
/** Random employees that are tried for one region which rests on an open condition. */
const WITNESS_TRIES = 300;

/** Proves or refutes the weights of a percent scheme. */
export function proveWeights(parsed: ParsedScheme, options: ProofOptions = {}): WeightProof {
	const rules = [parsed.applies, ...parsed.items.flatMap(({ weight }) => weight ?? [])];
	const abstraction = new RuleAbstraction<WeightOutcome>(
		rules,
		keyOf,
		(path) => knownRange(path, options.dictionary),
		options.quick ? QUICK_BOUND : FULL_BOUND
	);
	const { diagram } = abstraction;
	let root: NodeRef;
	try {
		root = totalOf(parsed, abstraction);
	} catch (error) {
		if (!(error instanceof DiagramTooLarge)) throw error;
		const place: UnprovenPlace = { at: '/items', reason: 'too_large', choices: [] };
		return bySampling(parsed, abstraction, [place], options);
	}
	const limit = options.limit ?? MAX_WRONG;
	const wrong: WrongRegion[] = [];
	const unproven: UnprovenPlace[] = [];
	/** Regions that become the same once widened are said once. */
	const named = new Set<string>();
	const regions = diagram.regions(root, isWrong, limit * 4);
	let looked = 0;
	for (const region of regions) {
		if (wrong.length >= limit) break;
		looked++;
		const outcome = diagram.outcome(region.outcome);
		const found = outcome ? confirm(parsed, abstraction, region, outcome, options) : null;
		if (!found) {
			unproven.push(openPlace(abstraction, region));
			continue;
		}
		const wide = diagram.widened(root, region, ({ kind }) => kind === 'outside');
		const choices = choicesOf(abstraction, wide);
		const key = JSON.stringify([found.total, found.bad, wide.choices]);
		if (!named.has(key)) wrong.push({ ...found, choices });
		named.add(key);
	}
	const outcomes = diagram.outcomes(root);
	const isAllNamed = looked === regions.length && regions.length < limit * 4;
	const restIsRight =
		isAllNamed &&
		unproven.length === 0 &&
		outcomes.some((one) => one.kind === 'total' && one.total === FULL) &&
		!outcomes.some(({ kind }) => kind === 'open');
	if (wrong.length > 0) {
		const tried = { sampled: 0, rows: 0 };
		return { status: 'refuted', wrong, unproven, restIsRight, nodes: diagram.size, tried };
	}
	for (const region of diagram.regions(root, (one) => one.kind === 'open', 4)) {
		unproven.push(openPlace(abstraction, region));
	}
	if (unproven.length > 0) return bySampling(parsed, abstraction, unproven, options);
	const tried = { sampled: 0, rows: 0 };
	return { status: 'proven', wrong, unproven, restIsRight, nodes: diagram.size, tried };
}

function keyOf(outcome: WeightOutcome): string {
	switch (outcome.kind) {
		case 'total':
			return `total ${outcome.total}`;
		case 'bad':
			return `bad ${outcome.item} ${outcome.problem}`;
		case 'outside':
			return 'outside';
		default:
			return outcomeKey(outcome);
	}
}

function isWrong(outcome: WeightOutcome): boolean {
	return outcome.kind === 'bad' || (outcome.kind === 'total' && outcome.total !== FULL);
}

/** The diagram of the total, `outside` where the scheme does not apply. */
function totalOf(parsed: ParsedScheme, abstraction: RuleAbstraction<WeightOutcome>): NodeRef {
	const { diagram } = abstraction;
	const applies = abstraction.condition(parsed.applies);
	const parts = parsed.items.map(({ weight }, item) =>
		diagram.combine(
			[weight ? abstraction.value(weight) : diagram.leaf({ kind: 'value', value: null })],
			([outcome]) => asWeight(outcome, item)
		)
	);
	// Weights that hang on the same variables are added first: they mostly cancel out.
	parts.sort((a, b) => diagram.variable(b) - diagram.variable(a));
	const outside = diagram.leaf({ kind: 'outside' });
	const total = parts.reduce(
		(sum, part) => diagram.combine([sum, part], ([one, other]) => added(one, other)),
		diagram.leaf({ kind: 'total', total: 0 })
	);
	return diagram.choose(applies, total, outside, (one) => holds(one as Outcome));
}

function asWeight(outcome: WeightOutcome | undefined, item: number): WeightOutcome {
	if (outcome?.kind !== 'value') return outcome ?? { kind: 'outside' };
	const weight = weightOf(outcome.value);
	return typeof weight === 'number'
		? { kind: 'total', total: weight }
		: { kind: 'bad', item, problem: weight };
}

/** A bad weight decides whatever else is open; what is open leaves the total open. */
function added(one: WeightOutcome | undefined, other: WeightOutcome | undefined): WeightOutcome {
	if (!one || !other) return { kind: 'outside' };
	if (one.kind === 'bad') return one;
	if (other.kind === 'bad') return other;
	if (one.kind === 'total' && other.kind === 'total') {
		return { kind: 'total', total: one.total + other.total };
	}
	return one.kind === 'total' ? other : one;
}

function choicesOf(
	abstraction: RuleAbstraction<WeightOutcome>,
	region: Region
): readonly RegionChoice[] {
	return region.choices.flatMap(({ variable, cells }) => {
		const domain = abstraction.diagram.domains[variable];
		const condition = domain ? (abstraction.openConditions.get(domain.path) ?? null) : null;
		return domain ? [{ domain, cells, condition }] : [];
	});
}

/** Finds a real employee in a wrong region; null if none is found. */
function confirm(
	parsed: ParsedScheme,
	abstraction: RuleAbstraction<WeightOutcome>,
	region: Region,
	outcome: WeightOutcome,
	options: ProofOptions
): WrongRegion | null {
	const choices = choicesOf(abstraction, region);
	const { domains } = abstraction.diagram;
	const within: Within = new Map(choices.map(({ domain, cells }) => [domain.path, cells]));
	const accept = (employee: Employee): WrongRegion | null => {
		const { applies, total, weights } = weigh(parsed, employee);
		if (!applies || total === FULL) return null;
		if (outcome.kind === 'total' && total !== outcome.total) return null;
		if (outcome.kind === 'bad' && weights[outcome.item] !== outcome.problem) return null;
		const bad = outcome.kind === 'bad' ? { item: outcome.item, problem: outcome.problem } : null;
		return { choices, total: bad ? null : total, bad, employee };
	};
	const plain = accept(plainEmployee(domains, within));
	if (plain) return plain;
	const random = seededRandom(SEED);
	const numbers = numbersOf(domains);
	const tries = options.quick ? 0 : WITNESS_TRIES;
	for (let count = 0; count < tries; count++) {
		const found = accept(randomEmployee(domains, within, numbers, random));
		if (found) return found;
	}
	return null;
}

/** Every number that some rule names: what open calculations are most likely to turn at. */
function numbersOf(domains: readonly Domain[]): number[] {
	const numbers = new Set([0, 1, 2, 10, 100, 1000]);
	for (const { cells } of domains) {
		for (const cell of cells) {
			if (cell.kind === 'number' && cell.from === cell.to) numbers.add(cell.from);
		}
	}
	return [...numbers];
}

function openPlace(abstraction: RuleAbstraction<WeightOutcome>, region: Region): UnprovenPlace {
	const choices = choicesOf(abstraction, region);
	const outcome = abstraction.diagram.outcome(region.outcome);
	if (outcome?.kind === 'open') return { at: outcome.at, reason: 'open_value', choices };
	const condition = choices.find((choice) => choice.condition)?.condition;
	return { at: condition?.node.at ?? '/items', reason: 'open_condition', choices };
}

/** Weighs the history and random employees where the proof does not reach. */
function bySampling(
	parsed: ParsedScheme,
	abstraction: RuleAbstraction<WeightOutcome>,
	unproven: readonly UnprovenPlace[],
	options: ProofOptions
): WeightProof {
	const { diagram } = abstraction;
	if (options.quick) {
		const tried = { sampled: 0, rows: 0 };
		return {
			status: 'not_proven',
			wrong: [],
			unproven,
			restIsRight: false,
			nodes: diagram.size,
			tried
		};
	}
	const wrong = new Map<string, WrongRegion>();
	const consider = (employee: Employee): void => {
		const { applies, total, weights } = weigh(parsed, employee);
		if (!applies || total === FULL) return;
		const item = weights.findIndex((weight) => typeof weight !== 'number');
		const problem = weights[item];
		const bad = typeof problem === 'string' ? { item, problem } : null;
		const key = bad ? `${bad.item} ${bad.problem}` : String(total);
		if (!wrong.has(key)) wrong.set(key, { choices: [], total, bad, employee, sampled: true });
	};
	const history = options.history ? withDerivedColumns(options.history) : null;
	const step = Math.max(1, Math.ceil((history?.rows ?? 0) / MAX_ROWS));
	let rows = 0;
	for (let row = 0; history && row < history.rows; row += step, rows++) {
		consider(onlyRead(parsed, variablesOfRow(history, row)));
	}
	const random = seededRandom(SEED);
	const numbers = numbersOf(diagram.domains);
	for (let sample = 0; sample < SAMPLES; sample++) {
		consider(randomEmployee(diagram.domains, new Map(), numbers, random));
	}
	return {
		status: wrong.size > 0 ? 'refuted' : 'not_proven',
		wrong: [...wrong.values()].slice(0, options.limit ?? MAX_WRONG),
		unproven: distinctPlaces(unproven),
		restIsRight: false,
		nodes: diagram.size,
		tried: { sampled: SAMPLES, rows }
	};
}

/** Of a row only what the weights read: a counter-example shows no more of a person than needed. */
function onlyRead(parsed: ParsedScheme, row: ReadonlyMap<string, Value>): Employee {
	const read = new Set(variablesOf(parsed.applies.node));
	for (const { weight } of parsed.items) {
		if (!weight) continue;
		for (const path of variablesOf(weight.node)) {
			const own = path.startsWith('item.') && weight.metric !== null;
			if (!own) read.add(path);
			else for (const space of ['metric', 'target']) read.add(`${space}.${weight.metric}`);
		}
	}
	for (const path of [...read]) {
		const metric = /^attainment\.(.+)$/.exec(path)?.[1];
		if (metric) for (const space of ['metric', 'target']) read.add(`${space}.${metric}`);
	}
	return new Map([...row].filter(([path]) => read.has(path)));
}

function distinctPlaces(places: readonly UnprovenPlace[]): UnprovenPlace[] {
	const seen = new Set<string>();
	return places.filter(({ at, reason }) => {
		const key = `${reason} ${at}`;
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
}
