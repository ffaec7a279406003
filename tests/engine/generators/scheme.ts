/**
 * Random schemes and tables for them: branches by text, number and boolean attributes, curves,
 * steps, arithmetic, missing values, gates, adjustments, exclusion, both weightings, payouts.
 * Whatever comes out, `parseScheme` accepts it, except weights that may miss 100 when asked.
 */
import type { Rule } from '#lib/engine/logic/rule.ts';
import {
	SCHEME_FORMAT,
	type GateEffect,
	type MissingPolicy,
	type SchemeDocument,
	type SchemeItem
} from '#lib/engine/scheme/document.ts';
import { tableFromRows } from '#lib/engine/table/from-rows.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { text } from './plain-scheme.ts';
import { Random } from './random.ts';

const METRICS = ['sales', 'profit', 'visits', 'quality', 'hours', 'faults'] as const;
const UNITS = ['north', 'south', '海外', 'east'] as const;
const POSITIONS = ['sales', 'operations', 'driver'] as const;

export interface RandomSchemeOptions {
	/** Weights may miss 100 in some branch. */
	readonly wrongWeights?: boolean;
	readonly items?: number;
}

function read(path: string): Rule {
	return { var: path };
}

function number(random: Random): number {
	return random.pick([
		random.int(-20, 130),
		random.int(0, 1000) / 10,
		random.next() * 100,
		random.int(0, 10) * 100000
	]);
}

/** Variables of numbers that exist where a rule of an item stands. */
function numericPath(random: Random): string {
	const metric = random.pick(METRICS);
	return random.pick([
		`metric.${metric}`,
		`target.${metric}`,
		`attainment.${metric}`,
		'employee.tenure_months',
		'employee.level',
		'team.sales.attainment',
		'param.rate',
		'period.month',
		'period.days'
	]);
}

/** A condition on attributes and metrics. */
export function randomSchemeCondition(
	random: Random,
	paths: readonly string[] = [],
	depth = 2
): Rule {
	const path = paths.length > 0 && random.chance(0.4) ? random.pick(paths) : numericPath(random);
	const choices: (() => Rule)[] = [
		() => ({ [random.pick(['<', '<=', '>', '>='])]: [read(path), number(random)] }),
		() => ({ between: [read(path), random.int(0, 40), random.int(40, 120)] }),
		() => ({ [random.pick(['==', '!='])]: [read('employee.unit'), random.pick(UNITS)] }),
		() => ({ in: [read('employee.position'), [random.pick(POSITIONS), random.pick(POSITIONS)]] }),
		() => read('employee.is_remote'),
		() => ({ '!': [read('employee.is_remote')] }),
		() => ({ '==': [read(path), null] }),
		() => ({ '!!': [read('employee.position')] })
	];
	if (depth > 0)
		choices.push(
			() => ({
				[random.pick(['and', 'or'])]: random.times(random.int(2, 3), () =>
					randomSchemeCondition(random, paths, depth - 1)
				)
			}),
			() => ({ '!': [randomSchemeCondition(random, paths, depth - 1)] })
		);
	return random.pick(choices)();
}

function points(random: Random): [number, number][] {
	const xs = [...new Set(random.times(random.int(2, 5), () => random.int(-2, 16) / 10))].sort(
		(a, b) => a - b
	);
	if (xs.length < 2) xs.push((xs[0] ?? 0) + 1);
	return xs.map((x) => [x, random.int(-20, 130)]);
}

/** A rule that gives a number, or null where something is missing. */
export function randomSchemeNumber(random: Random, paths: readonly string[] = [], depth = 3): Rule {
	const leaf = (): Rule => {
		if (random.chance(0.3)) return number(random);
		if (random.chance(0.5))
			return read(random.pick(['item.actual', 'item.target', 'item.attainment']));
		return read(paths.length > 0 && random.chance(0.6) ? random.pick(paths) : numericPath(random));
	};
	if (depth === 0) return leaf();
	const inner = (): Rule => randomSchemeNumber(random, paths, depth - 1);
	return random.pick<() => Rule>([
		leaf,
		() => ({ [random.pick(['+', '*', 'min', 'max'])]: random.times(random.int(2, 3), inner) }),
		() => ({ [random.pick(['-', '/', '%'])]: [inner(), inner()] }),
		() => ({ '-': [inner()] }),
		() => ({ curve: [inner(), points(random)] }),
		() => ({
			curve: [inner(), points(random), ...random.times(2, () => random.pick(['flat', 'extend']))]
		}),
		() => ({ steps: [inner(), points(random), ...(random.chance(0.5) ? [number(random)] : [])] }),
		() => ({ clamp: [inner(), random.int(0, 20), random.int(80, 120)] }),
		() => ({ round: [inner(), random.int(0, 3)] }),
		() => ({ [random.pick(['floor', 'ceil', 'abs'])]: [inner()] }),
		() => ({ coalesce: [inner(), inner()] }),
		() => ({ if: [randomSchemeCondition(random, paths, 1), inner(), inner()] }),
		() => ({
			if: [
				...random.times(2, () => [randomSchemeCondition(random, paths, 1), inner()]).flat(),
				...(random.chance(0.7) ? [inner()] : [])
			]
		})
	])();
}

/** `count` weights in hundredths that total 100. */
function weightsOf(random: Random, count: number): number[] {
	const raw = random.times(count, () => random.int(0, 12));
	const total = raw.reduce((sum, part) => sum + part, 0);
	if (total === 0) return [100, ...random.times(count - 1, () => 0)];
	const basis = raw.map((part) => Math.floor((part * 10000) / total));
	const rest = 10000 - basis.reduce((sum, part) => sum + part, 0);
	return basis.map((part, index) => (index === 0 ? part + rest : part) / 100);
}

function weightRules(random: Random, count: number, wrong: boolean): Rule[] {
	const first = weightsOf(random, count);
	if (wrong && random.chance(0.3)) first[0] = (first[0] ?? 0) + random.pick([10, -5, 0.01]);
	if (random.chance(0.5)) return first;
	const condition = randomSchemeCondition(random, [], 1);
	const second = weightsOf(random, count);
	if (wrong && random.chance(0.3)) second[0] = random.pick([-5, (second[0] ?? 0) + 10]);
	return first.map((weight, index) => ({ if: [condition, weight, second[index] ?? 0] }));
}

function missingPolicy(random: Random, percent: boolean): MissingPolicy {
	return random.pick<MissingPolicy>([
		'block',
		'zero',
		{ score: random.int(0, 100) },
		percent ? 'exclude' : 'zero',
		percent ? 'exclude' : 'block'
	]);
}

/** A random scheme. */
export function randomScheme(random: Random, options: RandomSchemeOptions = {}): SchemeDocument {
	const percent = random.chance(0.75);
	const count = options.items ?? random.int(1, 6);
	const weights = percent ? weightRules(random, count, options.wrongWeights ?? false) : [];
	const items = random.times(count, (index): SchemeItem => {
		const weight = weights[index];
		return {
			id: `item_${'abcdefghijklmnopqrstuvwxyz'[index % 26] ?? 'z'}${index >= 26 ? index : ''}`,
			metric: random.pick(METRICS),
			class: random.pick(['result', 'process', 'behaviour']),
			...(weight === undefined ? {} : { weight }),
			score: randomSchemeNumber(random),
			missing: missingPolicy(random, percent)
		};
	});
	const itemPaths = items.flatMap(({ id }) => [
		`items.${id}.score`,
		`items.${id}.points`,
		`items.${id}.weight`,
		`items.${id}.attainment`
	]);
	const later = [...itemPaths, 'base_score'];
	const grades = ['top', 'high', 'middle', 'low'].slice(0, random.int(1, 4));
	const effect = (): GateEffect =>
		random.pick<GateEffect>([
			{ cap: random.int(40, 90) },
			{ score: random.int(0, 60) },
			{ grade: random.pick(grades) }
		]);
	const outside = (depth: number): Rule =>
		withoutItem(randomSchemeNumber(random, later, depth), random);
	return {
		format: SCHEME_FORMAT,
		id: 'random-scheme',
		name: text('Random'),
		period: 'month',
		applies_to: random.chance(0.5) ? true : randomSchemeCondition(random, [], 1),
		weighting: percent ? 'percent' : 'points',
		items,
		adjustments: random.times(random.int(0, 3), (index) => ({
			id: `adjustment_${index}`,
			name: text('Adjustment'),
			when: randomSchemeCondition(random, later),
			points: random.chance(0.5) ? random.int(-10, 10) : outside(2)
		})),
		gates: random.times(random.int(0, 3), (index) => ({
			id: `gate_${index}`,
			name: text('Gate'),
			when: randomSchemeCondition(random, later),
			effect: effect()
		})),
		total: {
			min: random.pick([0, -50]),
			max: random.pick([100, 120, 1000]),
			decimals: random.int(0, 4)
		},
		grades: grades.map((id, index) => ({
			id,
			name: text(id),
			from: 90 - index * 15 - random.int(0, 5)
		})),
		...(random.chance(0.6)
			? {
					payout: {
						currency: 'CNY',
						amount: {
							if: [
								{ '==': [read('grade'), 'top'] },
								{ '*': [read('employee.base_pay'), 0.1] },
								random.chance(0.5) ? { '*': [read('score'), 12.345] } : outside(1)
							]
						},
						decimals: random.int(0, 2)
					}
				}
			: {})
	};
}

/** Where there is no item, its variables are replaced by others. */
function withoutItem(rule: Rule, random: Random): Rule {
	return JSON.parse(
		JSON.stringify(rule).replace(/"item\.(?:actual|target|attainment)"/g, () =>
			JSON.stringify(numericPath(random))
		)
	) as Rule;
}

const HEADER = [
	'employee.id',
	'period.id',
	'employee.unit',
	'employee.position',
	'employee.is_remote',
	'employee.level',
	'employee.tenure_months',
	'employee.base_pay',
	'param.rate',
	'team.sales.actual',
	'team.sales.target',
	...METRICS.flatMap((metric) => [`metric.${metric}`, `target.${metric}`])
];

function cell(random: Random, make: () => string | number, missing: number): string {
	return random.chance(missing) ? '' : String(make());
}

const EXTREMES = ['1e308', '-1e308', '5e-324', '-0', '0', '1e-300', '9007199254740993', '-1e16'];

/**
 * A random table for these schemes; `missing` is the share of empty cells, `extreme` that of numbers
 * at the ends of what a double can hold.
 */
export function randomTable(random: Random, rows: number, missing = 0.12, extreme = 0): Table {
	const lines = random.times(rows, (index) => [
		`e${Math.floor(index / 3)}`,
		`2025-0${(index % 3) + 1}`,
		cell(random, () => random.pick(UNITS), missing),
		cell(random, () => random.pick(POSITIONS), missing),
		cell(random, () => String(random.chance(0.4)), missing),
		cell(random, () => random.int(1, 9), missing),
		cell(random, () => random.int(0, 60), missing),
		cell(random, () => random.int(3000, 20000), missing),
		cell(random, () => random.int(0, 100) / 100, missing),
		cell(random, () => random.int(400, 700), missing),
		cell(random, () => random.pick([500, 600, 0]), missing),
		...METRICS.flatMap(() => [
			cell(
				random,
				() =>
					random.chance(extreme)
						? random.pick(EXTREMES)
						: random.pick([random.int(0, 130), random.next() * 2, random.int(0, 20) * 100000]),
				missing
			),
			cell(random, () => random.pick([100, 1, 1000000, 0, random.int(1, 200)]), missing)
		])
	]);
	const { table, diagnostics } = tableFromRows(HEADER, lines);
	if (!table) throw new Error(diagnostics.map(({ message }) => message.en).join('\n'));
	return table;
}
