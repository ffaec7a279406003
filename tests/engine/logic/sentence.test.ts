/** Rules read as Chinese and as English, always in the same words. */
import { describe, expect, it } from 'vitest';
import { LOCALES, type Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import { OPERATORS } from '#lib/engine/logic/operators/index.ts';
import { ruleSentence } from '#lib/engine/logic/sentence.ts';
import type { Dictionary, Rule } from '#lib/engine/logic/rule.ts';
import { numberText, percentText } from '#lib/engine/logic/number-text.ts';
import { Random, seedOf } from '../generators/random.ts';
import { randomRule } from '../generators/rules.ts';

const dictionary: Dictionary = new Map([
	['actual', { type: 'number', unit: 'money', name: { 'zh-CN': '实际', en: 'Actual' } }],
	['target', { type: 'number', unit: 'money', name: { 'zh-CN': '目标', en: 'Target' } }],
	[
		'item.attainment',
		{ type: 'number', unit: 'ratio', name: { 'zh-CN': '达成率', en: 'Attainment' } }
	],
	['metric.late', { type: 'number', unit: 'ratio', name: { 'zh-CN': '迟交率', en: 'Late rate' } }],
	['hours', { type: 'number', unit: 'hours', name: { 'zh-CN': '工时', en: 'Hours' } }],
	[
		'tenure',
		{ type: 'number', unit: 'count', name: { 'zh-CN': '司龄（月）', en: 'Tenure in months' } }
	],
	[
		'dept',
		{
			type: 'string',
			name: { 'zh-CN': '部门', en: 'Department' },
			valueNames: {
				sales: { 'zh-CN': '销售部', en: 'Sales' },
				ops: { 'zh-CN': '操作部', en: 'Operations' }
			}
		}
	],
	['orders', { type: 'array', name: { 'zh-CN': '订单', en: 'Orders' } }]
]);

const V = (path: string): Rule => ({ var: path });
const attainment: Rule = { '/': [V('actual'), V('target')] };

/** Rules as people write them, beside the examples of the operators. */
const RULES: readonly (readonly [string, Rule])[] = [
	['a quotient of two quantities is a ratio', { '>=': [attainment, 1.2] }],
	['values have names', { in: [V('dept'), ['sales', 'ops']] }],
	['values have names beside =', { '==': [V('dept'), 'sales'] }],
	['an unknown value stands as it is', { '!=': [V('dept'), 'hr'] }],
	[
		'a quotient of two different units is no ratio',
		{ '>': [{ '/': [V('actual'), V('hours')] }, 1.2] }
	],
	['a share of a fixed number is no ratio', { '>': [{ '/': [V('actual'), 100000] }, 1.2] }],
	['not one of', { '!': [{ in: [V('dept'), ['sales']] }] }],
	[
		'sums in a product keep their parentheses',
		{ '*': [{ '+': [V('actual'), 1] }, { '-': [V('target'), 2] }] }
	],
	['a − (b − c)', { '-': [V('actual'), { '-': [V('target'), 1] }] }],
	['(a − b) − c', { '-': [{ '-': [V('actual'), V('target')] }, 1] }],
	['a ÷ (b × c)', { '/': [V('actual'), { '*': [V('target'), 2] }] }],
	['a negative number after an operator', { '+': [V('actual'), -5] }],
	['a change of sign of a sum', { '-': [{ '+': [V('actual'), 1] }] }],
	[
		'and inside or',
		{ or: [{ and: [{ '>': [V('tenure'), 6] }, { '<': [V('tenure'), 12] }] }, true] }
	],
	[
		'or inside and',
		{ and: [{ or: [{ '>': [V('tenure'), 6] }, false] }, { '<': [V('tenure'), 12] }] }
	],
	['a comparison of comparisons', { '==': [{ '>': [V('tenure'), 1] }, true] }],
	[
		'branches',
		{ if: [{ '>=': [V('item.attainment'), 1] }, 100, { '>=': [V('item.attainment'), 0.8] }, 60, 0] }
	],
	['a branch in a sum', { '+': [{ if: [{ '>': [V('tenure'), 12] }, 5, 0] }, 1] }],
	[
		'a lower-is-better curve',
		{
			curve: [
				V('metric.late'),
				[
					[0, 120],
					[0.025, 100],
					[0.1, 0]
				]
			]
		}
	],
	[
		'both ends of a curve go on',
		{
			curve: [
				V('actual'),
				[
					[0, 0],
					[1200000, 100]
				],
				'extend',
				'extend'
			]
		}
	],
	[
		'the lower end goes on',
		{
			curve: [
				V('actual'),
				[
					[0, 0],
					[1, 1]
				],
				'extend'
			]
		}
	],
	[
		'the upper end goes on',
		{
			curve: [
				V('actual'),
				[
					[0, 0],
					[1, 1]
				],
				'flat',
				'extend'
			]
		}
	],
	[
		'steps of an attainment',
		{
			steps: [
				V('item.attainment'),
				[
					[0.8, 60],
					[0.995, 80],
					[1, 100]
				],
				0
			]
		}
	],
	['a cap on a ratio', { '*': [{ min: [V('item.attainment'), 1] }, 100] }],
	['bounds of a ratio', { between: [V('item.attainment'), 0.8, 1.2] }],
	['a ratio less one', { '*': [{ '-': [V('item.attainment'), 1] }, 100] }],
	['a default', { '+': [{ var: ['actual', 0] }, 1] }],
	['a default that is a variable', { var: ['actual', V('target')] }],
	['an attainment without a dictionary entry', { '>': [V('attainment.revenue'), 0.57] }],
	['a variable nobody named', { '>': [V('metric.unknown'), 0.5] }],
	['every item of a list', { all: [V('orders'), { '>': [V('qty'), 1] }] }],
	['a fold', { reduce: [V('orders'), { '+': [V('accumulator'), V('current.qty')] }, 0] }],
	['missing data', { if: [{ missing: ['actual', 'target'] }, null, attainment] }],
	['texts with separators stay quoted in lists', { in: [V('dept'), ['a、b', 'c, d', '']] }],
	['numbers are grouped from 10,000 on', [9999, 10000, 1234567.891, 0.1, 1e21, 1e-7, -25000]],
	['yes, no and missing', [true, false, null]]
];

const WORKED: readonly (readonly [string, Rule])[] = [
	['a comparison', { '>=': [attainment, 1.2] }],
	['a ratio', { steps: [V('item.attainment'), [[0.8, 60]], 0] }],
	['a name', { in: [V('dept'), ['sales', 'ops']] }],
	['a missing value', { '>': [V('tenure'), 12] }],
	['a missing value with a default', { '>': [{ var: ['tenure', 0] }, 12] }]
];
const values = new Map<string, number | string>([
	['actual', 1234567.89123],
	['target', 1000000],
	['item.attainment', 1.23456789],
	['dept', 'ops']
]);

function page(locale: Locale): string {
	const said = (title: string, rule: Rule, withValues = false): string =>
		[
			`- ${title}`,
			`  \`${JSON.stringify(rule)}\``,
			`  ${ruleSentence(rule, { locale, dictionary, ...(withValues ? { values } : {}) })}`
		].join('\n');
	const operators = [...OPERATORS.values()].map(({ name, title, examples }) =>
		[
			`## ${name} — ${title[locale]}`,
			...examples.map(({ rule }, i) => said(`example ${i + 1}`, rule))
		].join('\n\n')
	);
	return [
		`# Sentences, ${locale}`,
		...operators,
		['## Rules as people write them', ...RULES.map(([title, rule]) => said(title, rule))].join(
			'\n\n'
		),
		["## With a person's values", ...WORKED.map(([title, rule]) => said(title, rule, true))].join(
			'\n\n'
		),
		''
	].join('\n\n');
}

describe('sentences', () => {
	it.each(LOCALES)('of every operator in %s are as written in the golden file', async (locale) => {
		await expect(page(locale)).toMatchFileSnapshot(`golden/sentences.${locale}.txt`);
	});

	it('say the examples of the handbook', () => {
		const zh = { locale: 'zh-CN', dictionary } as const;
		expect(ruleSentence({ '>=': [attainment, 1.2] }, zh)).toBe('实际 ÷ 目标 ≥ 120%');
		expect(ruleSentence({ in: [V('dept'), ['sales', 'ops']] }, zh)).toBe(
			'部门 属于 [销售部、操作部]'
		);
	});

	it('exist for every random rule, in both languages, and never differ between two runs', () => {
		const seed = seedOf(42);
		const random = new Random(seed);
		for (let i = 0; i < 1_000; i++) {
			const rule = randomRule(random, { depth: 5 });
			if (/undefined|NaN|\[object/.test(JSON.stringify(rule))) continue;
			for (const locale of LOCALES) {
				const said = ruleSentence(rule, { locale, dictionary });
				expect(said, `seed ${seed}, ${JSON.stringify(rule)}`).not.toMatch(/undefined|\[object|NaN/);
				expect(ruleSentence(rule, { locale, dictionary })).toBe(said);
			}
		}
	});
});

describe('numbers in sentences', () => {
	it.each([
		[0.57, '57%'],
		[1.2, '120%'],
		[0.995, '99.5%'],
		[-0.05, '-5%'],
		[1e-7, '0.00001%'],
		[123.456, '12,345.6%'],
		[0, '0%'],
		[1 / 3, '33.33333333333333%']
	])('%d in percent is %s', (x, text) => expect(percentText(x)).toBe(text));

	it.each([
		[2025, '2025'],
		[10000, '10,000'],
		[1234567.5, '1,234,567.5'],
		[0.1 + 0.2, '0.30000000000000004'],
		[1e21, '1,000,000,000,000,000,000,000'],
		[1e300, '1e+300'],
		[-12345, '-12,345']
	])('%d is %s', (x, text) => expect(numberText(x)).toBe(text));
});
