/** What a condition builder can edit comes back as the identical rule; what it cannot stays intact. */
import { describe, expect, it } from 'vitest';
import {
	fromCondition,
	groupDepth,
	isFullyShown,
	toCondition
} from '#lib/engine/logic/condition.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Rule } from '#lib/engine/logic/rule.ts';
import { Random, seedOf } from '../generators/random.ts';
import { randomCondition, randomRule } from '../generators/rules.ts';

const there = (rule: Rule) => toCondition(parseRule(rule).node);

describe('conditions', () => {
	it('show groups of comparisons, fields and values', () => {
		expect(
			there({
				and: [
					{ '>=': [{ var: 'employee.tenure_months' }, 12] },
					{ in: [{ var: ['employee.site'] }, ['north', 'south']] },
					{ '!': [{ or: [{ '==': [{ var: ['x', 0] }, null] }] }] }
				]
			})
		).toEqual({
			kind: 'group',
			join: 'all',
			children: [
				{
					kind: 'comparison',
					operator: '>=',
					operands: [
						{ kind: 'field', path: 'employee.tenure_months' },
						{ kind: 'value', value: 12 }
					]
				},
				{
					kind: 'comparison',
					operator: 'in',
					operands: [
						{ kind: 'field', path: 'employee.site', listed: true },
						{ kind: 'values', values: ['north', 'south'] }
					]
				},
				{
					kind: 'group',
					join: 'none',
					children: [
						{
							kind: 'comparison',
							operator: '==',
							operands: [
								{ kind: 'field', path: 'x', listed: true, fallback: 0 },
								{ kind: 'value', value: null }
							]
						}
					]
				}
			]
		});
	});

	it('show “is not one of” as a negated comparison', () => {
		const rule = { '!': { in: [{ var: 'employee.level' }, ['P1']] } };
		expect(there(rule)).toMatchObject({ kind: 'comparison', operator: 'in', negated: true });
		expect(fromCondition(there(rule))).toEqual(rule);
	});

	it('keep what no row can show, and say so', () => {
		const rule: { and: Rule[] } = {
			and: [{ '<': [0, { var: 'x' }, 1] }, { '>': [{ '/': [1, { var: 'x' }] }, 2] }]
		};
		const tree = there(rule);
		expect(tree).toMatchObject({
			children: [
				{ kind: 'opaque', rule: rule.and[0] },
				{ kind: 'comparison', operands: [{ kind: 'formula' }, { kind: 'value', value: 2 }] }
			]
		});
		expect(isFullyShown(tree)).toBe(false);
		expect(groupDepth(tree)).toBe(1);
	});

	it.each<Rule>([
		{ and: [] },
		{ and: { '==': [1, 1] } },
		{ or: [true] },
		true,
		5,
		{ '!': [{ or: { var: 'x' } }] },
		{ '!': [{ '==': [1, 2] }, 3] },
		{ '==': [{ var: 1 }, { var: [] }] },
		{ '==': [{ var: ['a', { var: 'b' }] }, { var: null }] },
		{ in: [{ var: 'a' }, [1, [2]]] }
	])('come back identical: %j', (rule) => {
		expect(JSON.stringify(fromCondition(there(rule)))).toBe(JSON.stringify(rule));
	});

	it('come back identical for 5,000 random rules', () => {
		const seed = seedOf(77);
		const random = new Random(seed);
		for (let i = 0; i < 5_000; i++) {
			const rule = random.chance(0.7) ? randomCondition(random) : randomRule(random);
			expect(JSON.stringify(fromCondition(there(rule))), `seed ${seed}, rule ${i}`).toBe(
				JSON.stringify(rule)
			);
		}
	});
});
