import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ANY_NUMBER, breakpointsOf, rangeOfRule } from '#lib/engine/analyse/range.ts';
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Json, Rule } from '#lib/engine/logic/rule.ts';

const RUNS = { numRuns: 2_000, seed: 20_250_701 };
const X: Rule = { var: 'item.attainment' };
const small = fc.constantFrom(-1, 0, 0.5, 0.8, 1, 1.2, 2, 60, 100);
const xs = fc.uniqueArray(fc.constantFrom(0, 0.5, 0.8, 1, 1.2, 2), { minLength: 2, maxLength: 4 });
const points = xs.chain((positions) =>
	fc
		.array(small, { minLength: positions.length, maxLength: positions.length })
		.map((ys) => positions.toSorted((a, b) => a - b).map((x, index): Json => [x, ys[index] ?? 0]))
);

/** Rules in one variable: curves, steps, bounds, branches, sums and rounding. */
const rule: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
	rule: fc.oneof(
		{ maxDepth: 3, depthIdentifier: 'rule' },
		fc.constant(X),
		points.map((list): Rule => ({ curve: [X, list] })),
		fc
			.tuple(points, fc.constantFrom('flat', 'extend'), fc.constantFrom('flat', 'extend'))
			.map(([list, below, above]): Rule => ({ curve: [X, list, below, above] })),
		fc.tuple(points, small).map(([list, otherwise]): Rule => ({ steps: [X, list, otherwise] })),
		fc.tuple(tie('rule'), small).map(([one, bound]): Rule => ({ min: [one, bound] })),
		fc.tuple(tie('rule'), small).map(([one, bound]): Rule => ({ max: [one, bound] })),
		fc.tuple(tie('rule'), small).map(([one, factor]): Rule => ({ '*': [one, factor] })),
		fc.tuple(tie('rule'), tie('rule')).map(([one, other]): Rule => ({ '+': [one, other] })),
		fc.tuple(tie('rule'), small).map(([one, less]): Rule => ({ '-': [less, one] })),
		tie('rule').map((one): Rule => ({ round: [one, 1] })),
		tie('rule').map((one): Rule => ({ floor: [one] })),
		tie('rule').map((one): Rule => ({ abs: [one] })),
		fc
			.tuple(small, tie('rule'), tie('rule'))
			.map(([bound, one, other]): Rule => ({ if: [{ '>=': [X, bound] }, one, other] })),
		tie('rule').map((one): Rule => ({ coalesce: [one, 0] }))
	)
})).rule;

const at = (written: Rule, x: number | null): Json =>
	evaluateRule(parseRule(written).node, new Map([['item.attainment', x]])).value;

/** Properties run long where the machine is shared. */
vi.setConfig({ testTimeout: 240_000 });

describe('the interval of a rule', () => {
	it('holds every value that the rule gives', () => {
		fc.assert(
			fc.property(
				rule,
				fc.array(fc.oneof(small, fc.double({ min: -50, max: 50, noNaN: true })), { minLength: 20 }),
				(written, samples) => {
					const range = rangeOfRule(parseRule(written).node, () => ANY_NUMBER);
					for (const x of [...samples, null]) {
						const value = at(written, x);
						if (typeof value !== 'number') expect(range.missing).toBe(true);
						else {
							const slack = 1e-6 * Math.max(1, Math.abs(value));
							expect(value).toBeGreaterThanOrEqual(range.least - slack);
							expect(value).toBeLessThanOrEqual(range.most + slack);
						}
					}
				}
			),
			RUNS
		);
	});

	it('is exact for a curve between bounds', () => {
		fc.assert(
			fc.property(points, small, (list, cap) => {
				const written: Rule = { min: [{ curve: [X, list] }, cap] };
				const { node } = parseRule(written);
				const range = rangeOfRule(node, () => ANY_NUMBER);
				const reached = [-10, ...breakpointsOf(node, 'item.attainment'), 10]
					.map((x) => at(written, x))
					.filter((value) => typeof value === 'number');
				expect([range.least, range.most]).toEqual([Math.min(...reached), Math.max(...reached)]);
			}),
			RUNS
		);
	});

	it('has no end where a curve goes on', () => {
		const written: Rule = {
			curve: [
				X,
				[
					[0, 0],
					[1, 100]
				],
				'flat',
				'extend'
			]
		};
		expect(rangeOfRule(parseRule(written).node, () => ANY_NUMBER)).toEqual({
			least: 0,
			most: Infinity,
			missing: true
		});
	});
});
