/** Random values of rows: ordinary ones, missing ones, and those that break things. */
import type { Json, Scalar, Value } from '#lib/engine/logic/rule.ts';
import type { Random } from './random.ts';

/** Numbers at which formulas go wrong. */
export const EXTREME_NUMBERS: readonly number[] = [
	...[0, -0, 1, -1, 0.1, 0.2, 0.3, 1.005, 2.5, -2.5, 89.995, 0.57, 33.33, 1 / 3, 1e-9, 5e-10],
	...[1e21, 1e-7, 1e308, -1e308, 1.7976931348623157e308, 5e-324, -5e-324, 2.2250738585072014e-308],
	...[2 ** 31, 2 ** 32, 2 ** 52, 2 ** 53, 2 ** 53 + 2, -(2 ** 53), 4503599627370495.5, 1e15 + 0.3]
];

/** Texts that convert in surprising ways. */
export const EXTREME_TEXTS: readonly string[] = [
	...[
		'',
		' ',
		'0',
		'-0',
		'00',
		'1',
		'1.5',
		' 12 ',
		'12abc',
		'.5',
		'1e3',
		'0x10',
		'1e309',
		'Infinity'
	],
	...[
		'NaN',
		'null',
		'true',
		'false',
		'undefined',
		'a',
		'b',
		'A',
		'sales',
		'ops',
		'销售部',
		'𝒳',
		'\ud83d'
	],
	...['2025-01-01', '2025-02-01', '1,2', '[object Object]', '__proto__', 'constructor', 'toString']
];

export function randomNumber(random: Random): number {
	if (random.chance(0.25)) return random.pick(EXTREME_NUMBERS);
	if (random.chance(0.3)) return random.int(-5, 130);
	const scale = random.pick([1, 1, 100, 1e6]);
	const value = (random.next() * 2 - 0.5) * scale;
	return random.chance(0.5) ? Math.round(value * 100) / 100 : value;
}

export function randomScalar(random: Random): Scalar {
	const roll = random.next();
	if (roll < 0.15) return null;
	if (roll < 0.6) return randomNumber(random);
	if (roll < 0.75) return random.chance(0.5);
	return random.pick(EXTREME_TEXTS);
}

/** Lists and objects of at most `depth` levels, mostly small, sometimes with odd keys. */
export function randomJson(random: Random, depth = 3): Json {
	const roll = random.next();
	if (depth === 0 || roll < 0.6) return randomScalar(random);
	if (roll < 0.88) return random.times(random.int(0, 5), () => randomJson(random, depth - 1));
	const keys = random
		.shuffle(['qty', 'price', 'name', 'a', '0', 'length'])
		.slice(0, random.int(0, 3));
	return Object.fromEntries(keys.map((key) => [key, randomJson(random, depth - 1)]));
}

/** Names that the random rules read, by the kind of value they mostly hold. */
export const VARIABLE_NAMES = {
	number: ['metric.revenue', 'target.revenue', 'item.actual', 'item.attainment', 'param.cap'],
	text: ['employee.level', 'employee.site', 'employee.hired_on'],
	boolean: ['employee.is_new', 'metric.accident'],
	list: ['metric.orders', 'metric.scores']
} as const;

export const ALL_VARIABLES: readonly string[] = Object.values(VARIABLE_NAMES).flat();

/** One row. Mostly of the kind that a name promises, sometimes anything, sometimes missing. */
export function randomVariables(random: Random): Map<string, Value> {
	const variables = new Map<string, Value>();
	const set = (names: readonly string[], usual: () => Value): void => {
		for (const name of names) {
			const roll = random.next();
			if (roll < 0.1) continue;
			variables.set(name, roll < 0.17 ? null : roll < 0.3 ? randomJson(random) : usual());
		}
	};
	set(VARIABLE_NAMES.number, () => randomNumber(random));
	set(VARIABLE_NAMES.text, () => random.pick(EXTREME_TEXTS));
	set(VARIABLE_NAMES.boolean, () => random.chance(0.5));
	set(VARIABLE_NAMES.list, () => random.times(random.int(0, 5), () => randomJson(random, 2)));
	return variables;
}
