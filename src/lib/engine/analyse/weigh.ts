/** Weighs one employee with the interpreter: what a counter-example has to survive. */
import { evaluateRule } from '../logic/interpret.ts';
import type { Value } from '../logic/rule.ts';
import { isTruthy } from '../logic/value.ts';
import { basisPoints } from '../scheme/validate.ts';
import type { ScopedRule } from './abstract.ts';
import type { ParsedScheme } from './parsed.ts';

/** What is wrong with a single weight. */
export type WeightProblem = 'missing' | 'negative' | 'not_a_number';

export interface Weighing {
	readonly applies: boolean;
	/** Basis points of every item; a problem where a weight is none. */
	readonly weights: readonly (number | WeightProblem)[];
	/** Total in basis points; null where a single weight is wrong. */
	readonly total: number | null;
}

/** Weighs an employee who has these variables. */
export function weigh(parsed: ParsedScheme, variables: ReadonlyMap<string, Value>): Weighing {
	const row = withDerived(variables);
	const applies = isTruthy(evaluateRule(parsed.applies.node, row).value);
	const weights = parsed.items.map(({ weight }) =>
		weight ? weightOf(evaluateRule(weight.node, withItem(row, weight)).value) : 'missing'
	);
	let total: number | null = 0;
	for (const weight of weights) {
		total = total === null || typeof weight !== 'number' ? null : total + weight;
	}
	return { applies, weights, total };
}

/** A weight in basis points, or why it is none. */
export function weightOf(value: Value): number | WeightProblem {
	if (value === null) return 'missing';
	if (typeof value !== 'number' || !Number.isFinite(value)) return 'not_a_number';
	return value < 0 ? 'negative' : basisPoints(value);
}

/** Adds `attainment.*` where actual and target are known, as every table does. */
export function withDerived(variables: ReadonlyMap<string, Value>): Map<string, Value> {
	const row = new Map(variables);
	for (const [path, target] of variables) {
		if (!path.startsWith('target.')) continue;
		const metric = path.slice('target.'.length);
		const actual = variables.get(`metric.${metric}`);
		if (typeof actual !== 'number' || typeof target !== 'number') continue;
		row.set(`attainment.${metric}`, target === 0 ? null : actual / target);
	}
	return row;
}

/** Adds what `item.*` means inside a rule of an item. */
export function withItem(
	row: ReadonlyMap<string, Value>,
	{ metric }: ScopedRule
): ReadonlyMap<string, Value> {
	if (metric === null) return row;
	const own = new Map(row);
	own.set('item.actual', row.get(`metric.${metric}`) ?? null);
	own.set('item.target', row.get(`target.${metric}`) ?? null);
	own.set('item.attainment', row.get(`attainment.${metric}`) ?? null);
	return own;
}
