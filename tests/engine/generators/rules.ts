/** Random rules that validation accepts, over the variables of `data.ts`. */
import type { Json, JsonObject, Rule } from '#lib/engine/logic/rule.ts';
import {
	ALL_VARIABLES,
	EXTREME_TEXTS,
	randomNumber,
	randomScalar,
	VARIABLE_NAMES
} from './data.ts';
import type { Random } from './random.ts';

/** What stands around a rule: how deep it may go, and what `var` reads there. */
interface Around {
	readonly depth: number;
	readonly scope: 'row' | 'element' | 'fold';
	readonly iterations: number;
	/** Paths a rule may read in the row; the default is every name of `data.ts`. */
	readonly variables: readonly string[];
}

export interface RuleShape {
	/** Most operators inside each other. */
	readonly depth?: number;
	readonly variables?: readonly string[];
}

function around(shape: RuleShape): Around {
	return {
		depth: shape.depth ?? 4,
		scope: 'row',
		iterations: 0,
		variables: shape.variables ?? ALL_VARIABLES
	};
}

/** Any rule: numbers, texts, conditions and lists mixed as nobody would write them. */
export function randomRule(random: Random, shape: RuleShape = {}): Rule {
	return anyRule(random, around(shape));
}

/** A rule that mostly gives a number, as weights, scores and points do. */
export function randomNumberRule(random: Random, shape: RuleShape = {}): Rule {
	return numberRule(random, around(shape));
}

/** A rule that is a condition: comparisons joined by and, or, not. */
export function randomCondition(random: Random, shape: RuleShape = {}): Rule {
	return conditionRule(random, around(shape));
}

/** One key, in its short form where there is one operand and the die says so. */
function call(random: Random, operator: string, ...operands: Rule[]): JsonObject {
	const [only] = operands;
	const short = operands.length === 1 && only !== undefined && !Array.isArray(only);
	return { [operator]: short && random.chance(0.5) ? only : operands };
}

function inner(a: Around): Around {
	return { ...a, depth: a.depth - 1 };
}

function variable(random: Random, a: Around, names: readonly string[]): Rule {
	const path =
		a.scope === 'row'
			? random.pick(names.length > 0 ? names : a.variables)
			: a.scope === 'element'
				? random.pick(['', 'qty', 'price', 'name', '0', '1', 'a.0', 'length'])
				: random.pick(['current', 'accumulator', 'current.qty', 'accumulator.0', 'current.length']);
	if (random.chance(0.15))
		return { var: [path, random.chance(0.5) ? leaf(random, a) : anyRule(random, inner(a))] };
	return random.chance(0.2) ? { var: [path] } : { var: path };
}

function namesIn(a: Around, names: readonly string[]): readonly string[] {
	return names.filter((name) => a.variables.includes(name));
}

function leaf(random: Random, a: Around): Rule {
	return random.chance(0.5) ? variable(random, a, a.variables) : randomScalar(random);
}

function numberLeaf(random: Random, a: Around): Rule {
	if (random.chance(0.55)) return variable(random, a, namesIn(a, VARIABLE_NAMES.number));
	return random.chance(0.06) ? randomScalar(random) : randomNumber(random);
}

/** Between 2 and 6 ascending positions with any value each. */
export function randomPoints(random: Random, least = 2): [number, number][] {
	const xs = new Set<number>();
	const scale = random.pick([1, 1, 100, 1e6]);
	while (xs.size < random.int(least, 6) || xs.size < least) {
		xs.add(Math.round((random.next() * 2 - 0.4) * 100) * (scale / 100) || 0);
	}
	return [...xs]
		.sort((x, y) => x - y)
		.map((x) => [x, random.chance(0.9) ? random.int(-20, 130) : randomNumber(random)]);
}

function list(random: Random, a: Around): Rule {
	if (a.depth > 0 && random.chance(0.25)) return listOperation(random, inner(a));
	if (a.scope === 'row' && random.chance(0.4))
		return variable(random, a, namesIn(a, VARIABLE_NAMES.list));
	return random.times(random.int(0, 5), () =>
		random.chance(0.85) ? leaf(random, a) : anyRule(random, { ...a, depth: Math.min(a.depth, 1) })
	);
}

function within(a: Around, scope: 'element' | 'fold'): Around {
	return { ...a, scope, iterations: a.iterations + 1, depth: a.depth - 1 };
}

function listOperation(random: Random, a: Around): Rule {
	const canIterate = a.iterations < 2 && a.depth > 0;
	const name = canIterate
		? random.pick(['map', 'filter', 'reduce', 'merge', 'missing', 'missing_some'])
		: random.pick(['merge', 'missing']);
	switch (name) {
		case 'map':
		case 'filter':
			return { [name]: [list(random, a), anyRule(random, within(a, 'element'))] };
		case 'reduce':
			return {
				reduce: [
					list(random, a),
					anyRule(random, within(a, 'fold')),
					...(random.chance(0.7) ? [leaf(random, a)] : [])
				]
			};
		case 'merge':
			return call(
				random,
				'merge',
				...random.times(random.int(0, 3), () =>
					random.chance(0.6) ? list(random, inner(a)) : leaf(random, a)
				)
			);
		case 'missing': {
			const keys = random.times(random.int(1, 3), () => missingKey(random, a));
			return { missing: random.chance(0.3) ? [keys] : keys };
		}
		default:
			return {
				missing_some: [
					random.int(0, 3),
					random.times(random.int(0, 4), () => missingKey(random, a))
				]
			};
	}
}

function missingKey(random: Random, a: Around): Json {
	if (a.scope === 'fold') return random.pick(['current', 'accumulator']);
	return a.scope === 'row' ? random.pick(a.variables) : random.pick(['qty', 'price', 0]);
}

const ARITHMETIC = ['+', '-', '*', '/', '%', 'min', 'max'] as const;
const SHAPING = ['curve', 'steps', 'round', 'floor', 'ceil', 'abs', 'clamp'] as const;

function arithmetic(random: Random, a: Around): Rule {
	const next = (): Rule => numberRule(random, inner(a));
	const name = random.pick(ARITHMETIC);
	const most =
		name === '/' || name === '%' ? 2 : name === '-' ? random.int(1, 2) : random.int(1, 4);
	return call(random, name, ...random.times(most, next));
}

function shaping(random: Random, a: Around): Rule {
	const next = (): Rule => numberRule(random, inner(a));
	const name = random.pick(SHAPING);
	switch (name) {
		case 'curve': {
			const ends = random.times(random.int(0, 2), () => random.pick(['flat', 'extend']));
			return { curve: [next(), randomPoints(random), ...ends] };
		}
		case 'steps':
			return {
				steps: [next(), randomPoints(random, 1), ...(random.chance(0.6) ? [leaf(random, a)] : [])]
			};
		case 'round':
			return { round: [next(), random.int(0, 10)] };
		case 'clamp':
			return { clamp: [next(), numberLeaf(random, a), numberLeaf(random, a)] };
		default:
			return call(random, name, next());
	}
}

function choosing(random: Random, a: Around, make: (random: Random, a: Around) => Rule): Rule {
	const next = (): Rule => make(random, inner(a));
	if (random.chance(0.25)) return call(random, 'coalesce', ...random.times(random.int(1, 3), next));
	const branches = random
		.times(random.int(1, 3), () => [conditionRule(random, inner(a)), next()])
		.flat();
	return {
		[random.pick(['if', 'if', '?:'])]: random.chance(0.85) ? [...branches, next()] : branches
	};
}

function numberRule(random: Random, a: Around): Rule {
	if (a.depth <= 0 || random.chance(0.15)) return numberLeaf(random, a);
	const roll = random.next();
	if (roll < 0.4) return arithmetic(random, a);
	if (roll < 0.75) return shaping(random, a);
	if (roll < 0.95) return choosing(random, a, numberRule);
	return anyRule(random, inner(a));
}

const ORDER = ['<', '<=', '>', '>='] as const;
const SAME = ['==', '===', '!=', '!=='] as const;

function comparisonRule(random: Random, a: Around): Rule {
	const roll = random.next();
	const number = (): Rule => numberRule(random, { ...a, depth: Math.min(a.depth - 1, 2) });
	const text = (): Rule =>
		random.chance(0.6)
			? variable(random, a, namesIn(a, VARIABLE_NAMES.text))
			: random.pick(EXTREME_TEXTS);
	if (roll < 0.4) return { [random.pick(ORDER)]: [number(), number()] };
	if (roll < 0.5) return { [random.pick(['<', '<='])]: [number(), number(), number()] };
	if (roll < 0.6)
		return {
			between: random.chance(0.7) ? [number(), number(), number()] : [text(), text(), text()]
		};
	if (roll < 0.7) return { [random.pick(ORDER)]: [text(), text()] };
	if (roll < 0.85)
		return {
			[random.pick(SAME)]: [leaf(random, a), random.chance(0.5) ? text() : leaf(random, a)]
		};
	return { in: [leaf(random, a), random.chance(0.8) ? list(random, { ...a, depth: 0 }) : text()] };
}

function conditionRule(random: Random, a: Around): Rule {
	if (a.depth <= 0) return comparisonRule(random, { ...a, depth: 1 });
	const roll = random.next();
	if (roll < 0.55) return comparisonRule(random, a);
	if (roll < 0.8) {
		return {
			[random.pick(['and', 'or'])]: random.times(random.int(1, 3), () =>
				conditionRule(random, inner(a))
			)
		};
	}
	if (roll < 0.92) return call(random, random.pick(['!', '!!']), conditionRule(random, inner(a)));
	if (a.iterations < 2 && a.depth > 1) {
		return {
			[random.pick(['all', 'some', 'none'])]: [
				list(random, inner(a)),
				conditionRule(random, within(a, 'element'))
			]
		};
	}
	return leaf(random, a);
}

function textRule(random: Random, a: Around): Rule {
	const next = (): Rule => anyRule(random, inner(a));
	if (random.chance(0.5)) return call(random, 'cat', ...random.times(random.int(1, 3), next));
	const length = random.chance(0.6)
		? [random.chance(0.8) ? random.int(-3, 5) : leaf(random, a)]
		: [];
	return { substr: [next(), random.chance(0.8) ? random.int(-4, 4) : leaf(random, a), ...length] };
}

function anyRule(random: Random, a: Around): Rule {
	if (a.depth <= 0) return leaf(random, a);
	const roll = random.next();
	if (roll < 0.1) return leaf(random, a);
	if (roll < 0.45) return numberRule(random, a);
	if (roll < 0.65) return conditionRule(random, a);
	if (roll < 0.75) return choosing(random, a, anyRule);
	if (roll < 0.84) return textRule(random, a);
	return roll < 0.94 ? listOperation(random, a) : list(random, inner(a));
}
