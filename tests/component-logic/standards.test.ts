/** Standards in words become the rule that they say, or a question; never something in between. */
import { describe, expect, test } from 'vitest';
import { readStandard, type StandardContext } from '#lib/designer/starts/read-standard.ts';

const metric = (unit: string, name: string, direction: 'higher' | 'lower' = 'higher') => ({
	name: { 'zh-CN': name, en: name },
	unit,
	direction
});
const REVENUE: StandardContext = {
	metric: metric('money', '销售额'),
	name: '销售额',
	target: '100万'
};
const RATE: StandardContext = { metric: metric('ratio', '及时率'), name: '及时率', target: '≥98%' };
const HOURS: StandardContext = {
	metric: metric('hours', '处理时长', 'lower'),
	name: '处理时长',
	target: '24'
};
const COUNT: StandardContext = {
	metric: metric('count', '投诉次数', 'lower'),
	name: '投诉次数',
	target: '0'
};

const attainment = { var: 'item.attainment' };
const actual = { var: 'item.actual' };

const UNDERSTOOD: readonly (readonly [string, StandardContext, unknown, readonly string[]])[] = [
	[
		'完成率≥100%得满分，90%-100%得80分，低于90%得0分',
		REVENUE,
		{
			steps: [
				attainment,
				[
					[0.9, 80],
					[1, 100]
				],
				0
			]
		},
		[]
	],
	[
		'完成率≥100%得满分，90%-100%得80分',
		REVENUE,
		{
			steps: [
				attainment,
				[
					[0.9, 80],
					[1, 100]
				]
			]
		},
		['below_open']
	],
	[
		'１００％以上（含）得１００分；９０％以上得８０分；９０％以下不得分',
		RATE,
		{
			steps: [
				actual,
				[
					[0.9, 80],
					[1, 100]
				],
				0
			]
		},
		[]
	],
	[
		'≥98%得100分\n95%≤及时率<98%得80分\n<95%得0分',
		RATE,
		{
			steps: [
				actual,
				[
					[0.95, 80],
					[0.98, 100]
				],
				0
			]
		},
		[]
	],
	[
		'90-99%得80分，100%以上得100分，其他得0分',
		RATE,
		{
			steps: [
				actual,
				[
					[0.9, 80],
					[1, 100]
				],
				0
			]
		},
		['gap']
	],
	[
		'每低于1%扣2分',
		RATE,
		{
			max: [
				0,
				{
					'-': [
						100,
						{ '*': [2, { max: [0, { floor: { '/': [{ '-': [0.98, actual] }, 0.01] } }] }] }
					]
				}
			]
		},
		['step_or_linear']
	],
	[
		'完成率每低于1%扣2分，扣完为止',
		REVENUE,
		{
			max: [
				0,
				{
					'-': [
						100,
						{ '*': [2, { max: [0, { floor: { '/': [{ '-': [1, attainment] }, 0.01] } }] }] }
					]
				}
			]
		},
		['step_or_linear']
	],
	['每出现一次扣10分', COUNT, { max: [0, { '-': [100, { '*': [10, actual] }] }] }, []],
	['每次扣5分，扣完为止', COUNT, { max: [0, { '-': [100, { '*': [5, actual] }] }] }, []],
	[
		'≤24小时得100分，24-48小时得60分，超过48小时得0分',
		HOURS,
		{
			if: [
				{ '==': [actual, null] },
				null,
				{ '<=': [actual, 24] },
				100,
				{ '<=': [actual, 48] },
				60,
				0
			]
		},
		[]
	],
	[
		'100万得60分，每超10万加2分',
		REVENUE,
		{
			if: [
				{ '<': [actual, 1_000_000] },
				null,
				{ '+': [60, { '*': [2, { floor: { '/': [{ '-': [actual, 1_000_000] }, 100_000] } }] }] }
			]
		},
		['step_or_linear', 'below_open', 'no_cap']
	],
	['按比例得分', REVENUE, { '*': [attainment, 100] }, ['no_cap']],
	['按完成率得分，最高120分', REVENUE, { min: [{ '*': [attainment, 100] }, 120] }, []],
	[
		'达标得满分，未达标不得分',
		REVENUE,
		{ if: [{ '==': [attainment, null] }, null, { '>=': [attainment, 1] }, 100, 0] },
		[]
	]
];

describe('standards in words', () => {
	test.each(UNDERSTOOD)('“%s” is understood', (text, context, rule, doubts) => {
		const reading = readStandard(text, context);
		expect(reading).toEqual({ kind: 'rule', rule, doubts });
	});

	test.each([
		['由部门经理综合评定', REVENUE],
		['≥90%得80分，≤95%得60分', RATE],
		['完成率≥100%得满分，视情况酌情扣分', REVENUE],
		['每低于1%扣2分，每高于1%加1分', REVENUE],
		['按比例得分', COUNT],
		['优：100分；良：80分', REVENUE],
		['', REVENUE]
	] as const)('“%s” is a question', (text, context) => {
		expect(readStandard(text, context).kind).toBe('unclear');
	});

	test('a deduction from a target asks for the target where the table has none', () => {
		expect(readStandard('每低于1%扣2分', { ...RATE, target: undefined }).kind).toBe('needs_target');
	});

	test('a percentage of an unknown metric is doubted', () => {
		const reading = readStandard('≥100%得满分，<100%得0分', {
			metric: undefined,
			name: '市场工作',
			target: undefined
		});
		expect(reading).toMatchObject({ kind: 'rule', doubts: ['input_unclear'] });
	});
});

describe('a cap without a unit', () => {
	const read = (text: string) => readStandard(text, REVENUE);
	test('is points where it is as large as points are', () => {
		expect(read('完成率×100，封顶120')).toEqual(read('完成率×100，封顶120分'));
		expect(read('完成率×100，封顶120').kind).toBe('rule');
	});
	test('is asked where it may be points or a share', () => {
		expect(read('完成率×100，封顶1.2').kind).toBe('unclear');
	});
});
