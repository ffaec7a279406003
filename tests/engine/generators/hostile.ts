/** Hostile rules: families that aim at one weakness each, and random JSON that looks like a rule. */
import type { Json } from '#lib/engine/logic/rule.ts';
import { OPERATORS } from '#lib/engine/logic/operators/index.ts';
import { EXTREME_TEXTS, randomJson, randomScalar } from './data.ts';
import type { Random } from './random.ts';
import { randomRule } from './rules.ts';

export interface HostileRule {
	readonly family: string;
	readonly rule: Json;
}

const OPERATOR_NAMES = [...OPERATORS.keys()];
const PROTOTYPE_NAMES = [
	...Object.getOwnPropertyNames(Object.prototype),
	...Object.getOwnPropertyNames(Array.prototype),
	...Object.getOwnPropertyNames(Function.prototype),
	...['log', 'method', 'apply', 'eval', 'Function', 'this', 'var.constructor', '+.call', 'if.if']
];
const HOSTILE_PATHS = [
	...PROTOTYPE_NAMES,
	...[
		'__proto__.constructor',
		'constructor.constructor',
		'list.length',
		'text.0',
		'orders.0.constructor'
	],
	...['..', '.', ' ', 'list.-1', 'list.0x1', '\u0000', 'employee\u200b.id']
];
const LONG_LISTS = ['forty', 'thousand', 'list', 'orders'];

/** One own key, whatever its name. */
function call(operator: string, operands: Json): Json {
	return Object.fromEntries([[operator, operands]]);
}

function nested(levels: number, wrap: (inside: Json) => Json, inside: Json = 1): Json {
	let rule = inside;
	for (let i = 0; i < levels; i++) rule = wrap(rule);
	return rule;
}

type Family = (random: Random) => Json;

const FAMILIES: Readonly<Record<string, Family>> = {
	'operators inside each other': (random) => {
		const operator = random.pick(OPERATOR_NAMES);
		return nested(random.pick([33, 100, 1_000, 5_000]), (rule) => call(operator, [1, rule]));
	},
	'lists inside each other': (random) => nested(random.pick([33, 1_000, 5_000]), (rule) => [rule]),
	'bare operators inside each other': (random) =>
		nested(random.pick([30, 32, 33, 5_000]), (rule) => ({ '!': rule })),
	'very many operands': (random) =>
		call(
			random.pick(OPERATOR_NAMES),
			Array.from({ length: random.pick([2_001, 50_000, 300_000]) }, () => 1)
		),
	'very many keys': (random) =>
		Object.fromEntries(random.times(random.pick([2, 3_000]), (i) => [`k${i}`, 1])),
	'long texts': (random) => ({
		[random.pick(['cat', 'var', 'missing', 'in'])]: [
			'x'.repeat(random.pick([65_000, 70_000, 1_000_000]))
		]
	}),
	'names of prototypes as operators': (random) =>
		call(random.pick(PROTOTYPE_NAMES), [randomScalar(random)]),
	'paths beyond the data': (random) => ({ var: random.pick(HOSTILE_PATHS) }),
	'paths beyond an element': (random) => ({
		map: [{ var: random.pick(LONG_LISTS) }, { var: random.pick(HOSTILE_PATHS) }]
	}),
	'paths computed at run time': (random) => ({
		var: [
			{ cat: random.times(random.int(1, 4), () => random.pick(EXTREME_TEXTS)) },
			randomScalar(random)
		]
	}),
	'probing with missing': (random) => ({
		missing: random.times(random.int(1, 40), () => random.pick(HOSTILE_PATHS))
	}),
	'iterations inside each other': (random) =>
		nested(random.int(2, 6), (rule) => ({
			[random.pick(['map', 'filter', 'all', 'some', 'none', 'reduce'])]: [
				random.chance(0.5) ? { var: random.pick(LONG_LISTS) } : random.times(40, (i) => i),
				rule
			]
		})),
	'a value that doubles': (random) => ({
		reduce: [
			{ var: random.pick(['forty', 'thousand']) },
			random.pick<Json>([
				{ cat: [{ var: 'accumulator' }, { var: 'accumulator' }] },
				{ merge: [{ var: 'accumulator' }, { var: 'accumulator' }] },
				[{ var: 'accumulator' }, { var: 'accumulator' }],
				{ cat: [[{ var: 'accumulator' }, { var: 'accumulator' }]] },
				{ if: [true, [{ var: 'accumulator' }, { var: 'accumulator' }, { var: 'current' }]] }
			]),
			random.pick<Json>(['x', [1], 'xxxxxxxxxxxxxxxx'])
		]
	}),
	'a doubled value that is converted': (random) => ({
		[random.pick(['cat', '+', '-', '<', '==', 'in', 'substr', 'abs', 'max'])]: [
			{
				reduce: [
					{ var: 'forty' },
					[{ var: 'accumulator' }, { var: 'accumulator' }],
					random.pick<Json>(['x', 1])
				]
			},
			random.pick<Json>([1, 'x', null])
		]
	}),
	'a cross product': (random) => {
		const doubled: Json = { merge: [{ var: 'accumulator' }, { var: 'accumulator' }, 1] };
		const iteration = random.pick(['map', 'filter', 'all']);
		return {
			reduce: [
				{ var: 'thousand' },
				{ [iteration]: [doubled, { '>': [{ var: '' }, 0] }] },
				[1, 2, 3]
			]
		};
	},
	'wrong operands': (random) =>
		call(
			random.pick(OPERATOR_NAMES),
			random.chance(0.3)
				? randomJson(random, 4)
				: random.times(random.int(0, 5), () => randomJson(random, 4))
		)
};

/** `count` rules, each family in turn. */
export function targetedRules(random: Random, count: number): HostileRule[] {
	const families = Object.entries(FAMILIES);
	return random.times(count, (index) => {
		const [family, make] = families[index % families.length] ?? ['none', () => null];
		return { family, rule: make(random) };
	});
}

/** JSON that looks like a rule: valid rules with parts replaced, and objects of random names. */
export function randomHostileRule(random: Random): Json {
	return random.chance(0.5) ? damaged(random, randomRule(random, { depth: 5 })) : wild(random, 6);
}

function wild(random: Random, depth: number): Json {
	if (depth === 0 || random.chance(0.2)) return randomScalar(random);
	if (random.chance(0.2)) return random.times(random.int(0, 6), () => wild(random, depth - 1));
	const names = random.chance(0.8) ? OPERATOR_NAMES : PROTOTYPE_NAMES;
	const keys = random.times(random.chance(0.93) ? 1 : random.int(0, 3), () => random.pick(names));
	return Object.fromEntries(
		keys.map((key) => {
			if (key === 'var' && random.chance(0.8))
				return [key, random.pick([...HOSTILE_PATHS, ...LONG_LISTS])];
			const operands = random.times(random.int(0, 4), () => wild(random, depth - 1));
			return [key, random.chance(0.2) ? wild(random, depth - 1) : operands];
		})
	);
}

/** A rule in which some places hold something else. */
function damaged(random: Random, rule: Json): Json {
	if (random.chance(0.06)) return wild(random, 2);
	if (rule === null || typeof rule !== 'object') return rule;
	if (Array.isArray(rule)) {
		const items = (rule as readonly Json[]).map((item) => damaged(random, item));
		return random.chance(0.05) ? items.slice(1) : items;
	}
	return Object.fromEntries(
		Object.entries(rule).map(([key, part]) => [
			random.chance(0.04) ? random.pick([...OPERATOR_NAMES, ...PROTOTYPE_NAMES]) : key,
			damaged(random, part)
		])
	);
}
