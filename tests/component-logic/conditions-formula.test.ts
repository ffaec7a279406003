/** A formula is a rule: printing and reading back gives the same tree, whatever the rule. */
import { describe, expect, test } from 'vitest';
import { parseFormula } from '#lib/designer/conditions/parse-formula.ts';
import { plainRule, printFormula } from '#lib/designer/conditions/print-formula.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Dictionary, Rule } from '#lib/engine/logic/rule.ts';
import { Random, seedOf } from '../engine/generators/random.ts';
import { randomCondition, randomNumberRule, randomRule } from '../engine/generators/rules.ts';
import { packRules } from './support/pack-rules.ts';

const dictionary: Dictionary = new Map([
	['metric.revenue', { type: 'number', name: { 'zh-CN': '销售额', en: 'revenue' } }],
	['target.revenue', { type: 'number', name: { 'zh-CN': '销售额目标', en: 'revenue target' } }]
]);

function readBack(rule: Rule): Rule {
	const text = printFormula(rule);
	const result = parseFormula(text ?? '');
	if (result.problem) throw new Error(`${text}: ${result.problem.code} at ${result.problem.from}`);
	return result.rule;
}

describe('formulas', () => {
	test.each<[string, Rule]>([
		[
			'round(metric.revenue / target.revenue * 100, 2)',
			{
				round: [{ '*': [{ '/': [{ var: 'metric.revenue' }, { var: 'target.revenue' }] }, 100] }, 2]
			}
		],
		['a + b + c', { '+': [{ var: 'a' }, { var: 'b' }, { var: 'c' }] }],
		['(a + b) + c', { '+': [{ '+': [{ var: 'a' }, { var: 'b' }] }, { var: 'c' }] }],
		['a - b - c', { '-': [{ '-': [{ var: 'a' }, { var: 'b' }] }, { var: 'c' }] }],
		['a - (b - c)', { '-': [{ var: 'a' }, { '-': [{ var: 'b' }, { var: 'c' }] }] }],
		['-a * -5', { '*': [{ '-': [{ var: 'a' }] }, -5] }],
		['-(5)', { '-': [5] }],
		['0 < a < 1', { '<': [0, { var: 'a' }, 1] }],
		[
			'not (a and b) or c',
			{ or: [{ '!': [{ and: [{ var: 'a' }, { var: 'b' }] }] }, { var: 'c' }] }
		],
		['a in ["x", "y"]', { in: [{ var: 'a' }, ['x', 'y']] }],
		['add(a)', { '+': [{ var: 'a' }] }],
		[
			'var(param.x, 12) >= {metric.on-time}',
			{ '>=': [{ var: ['param.x', 12] }, { var: 'metric.on-time' }] }
		]
	])('%s', (text, rule) => {
		const result = parseFormula(text);
		expect(result).toEqual({ rule, problem: null });
		expect(printFormula(rule)).toBe(text);
	});

	test('full-width signs, percentages, Chinese numbers and names are read', () => {
		expect(parseFormula('（销售额 ÷ 销售额目标）≥ １２０％', { dictionary }).rule).toEqual({
			'>=': [{ '/': [{ var: 'metric.revenue' }, { var: 'target.revenue' }] }, 1.2]
		});
		expect(parseFormula('revenue > 1.2万 且 revenue < 3亿', { dictionary }).rule).toEqual({
			and: [
				{ '>': [{ var: 'metric.revenue' }, 12_000] },
				{ '<': [{ var: 'metric.revenue' }, 300_000_000] }
			]
		});
		expect(parseFormula('100 % 7').rule).toEqual({ '%': [100, 7] });
	});

	test.each([
		['round(metric.revenue, 2', 'closing_expected', 5, 6],
		['metric.revenue * ', 'operand_expected', 17, 17],
		['rond(metric.revenue, 2)', 'unknown_function', 0, 4],
		['metric.revenue metric.revenue', 'end_expected', 15, 29],
		['metric.revenue ; 2', 'unknown_sign', 15, 16],
		['"open', 'text_not_closed', 0, 5],
		['', 'empty', 0, 0],
		['0 <= metric.revenue < 1', 'comparison_chain', 20, 21],
		['metric.revenu * 2', 'refused', 0, 13],
		['1 + round(metric.revenue, 2.5)', 'refused', 26, 29]
	])('%j is refused at its place', (text, code, from, to) => {
		expect(parseFormula(text, { dictionary }).problem).toMatchObject({ code, from, to });
	});

	test('every rule of the three packs comes back', () => {
		const rules = packRules();
		expect(rules.length).toBeGreaterThan(300);
		for (const { place, rule } of rules) expect(readBack(rule), place).toEqual(plainRule(rule));
	});

	test('1,000 random rules come back', () => {
		const seed = seedOf(611);
		const random = new Random(seed);
		const makers = [randomCondition, randomNumberRule, randomRule];
		let accepted = 0;
		for (let i = 0; i < 1_000; i++) {
			const rule = random.pick(makers)(random);
			if (parseRule(rule).diagnostics.some(({ severity }) => severity === 'error')) continue;
			accepted += 1;
			expect(JSON.stringify(readBack(rule)), `seed ${seed}, rule ${i}`).toBe(
				JSON.stringify(plainRule(rule))
			);
		}
		expect(accepted).toBeGreaterThan(900);
	});
});
