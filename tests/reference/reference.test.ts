/** The witness: it runs validated rules only, and says what json-logic-js says. */
import { describe, expect, it } from 'vitest';
import { OPERATORS } from '#lib/engine/logic/operators/index.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { evaluateByReference } from '#lib/reference/index.ts';
import { sameBits } from './differential.ts';

const none = new Map<string, Json>();

describe('json-logic-js as the reference', () => {
	it.each<Json>([
		{ log: 'salary' },
		{ 'var.constructor': ['return 1'] },
		{ var: { cat: ['constructor', '.constructor'] } },
		{ '+': [1, { a: 1, b: 2 }] },
		{ map: [[1], { map: [[1], { map: [[1], 1] }] }] }
	])('does not run %j, which validation refuses', (rule) => {
		expect(() => evaluateByReference(rule, none)).toThrow(/validated rules only/);
	});

	it('reads variables by their whole path and reaches no prototype', () => {
		const variables = new Map<string, Json>([
			['metric.revenue', 5],
			['metric.orders', [{ qty: 2 }]]
		]);
		expect(evaluateByReference({ var: 'metric.revenue' }, variables)).toBe(5);
		expect(evaluateByReference({ var: 'constructor.constructor' }, variables)).toBe(null);
		expect(evaluateByReference({ var: 'metric.orders.length' }, variables)).toBe(null);
		expect(
			evaluateByReference({ map: [{ var: 'metric.orders' }, { var: 'qty' }] }, variables)
		).toEqual([2]);
	});

	it('agrees with the examples of every operator', () => {
		for (const { examples } of OPERATORS.values()) {
			for (const { rule, data, result } of examples) {
				const variables = new Map(Object.entries(data ?? {}));
				expect(evaluateByReference(rule, variables), JSON.stringify(rule)).toEqual(result);
			}
		}
	});

	it('runs a rule as it is, however often', () => {
		const rule = { '+': [{ var: 'x' }, 1] };
		expect([1, 2, 3].map((x) => evaluateByReference(rule, new Map([['x', x]])))).toEqual([2, 3, 4]);
	});
});

describe('the comparison of bits', () => {
	it('tells 0 from −0, null from 0 and a list from an object', () => {
		expect(sameBits(0, -0)).toBe(false);
		expect(sameBits([Number.NaN], [Number.NaN])).toBe(true);
		expect(sameBits([0], [-0])).toBe(false);
		expect(sameBits(null, 0)).toBe(false);
		expect(sameBits([], {})).toBe(false);
		expect(sameBits({ a: [1, null] }, { a: [1, null] })).toBe(true);
		expect(sameBits({ a: 1 }, { a: 1, b: 2 })).toBe(false);
	});
});
