/** A pasted table becomes a draft in which nothing is guessed silently. */
import { describe, expect, test } from 'vitest';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { sheetOfText, textOfBytes } from '#lib/designer/starts/sheet.ts';
import { findLayout, readItems } from '#lib/designer/starts/sheet-columns.ts';
import { schemeOfSheet } from '#lib/designer/starts/sheet-scheme.ts';
import { openQuestions, settleQuestion } from '#lib/designer/starts/questions.ts';
import { loadSlug } from '#lib/designer/starts/slug.ts';

const metric = (id: string, zh: string, unit: string): [string, MetricDefinition] => [
	id,
	{
		id,
		name: { 'zh-CN': zh, en: id },
		unit,
		direction: 'higher',
		class: 'result',
		grain: 'employee',
		period: 'month',
		aggregation: 'sum'
	}
];
const METRICS = new Map([
	metric('revenue', '销售额', 'money'),
	metric('repeat_rate', '客户复购率', 'ratio'),
	metric('complaints', '投诉次数', 'count')
]);

const PASTED = [
	'2026 年销售考核表\t\t\t\t',
	'考核维度\t考核指标\t权重（％）\t评分标准\t目标值',
	'业绩\t销售额（万元）\t５０%\t"完成率≥100%得满分，90%-100%得80分，\n低于90%得0分"\t100万',
	'\t客户复购率\t30%\t每低于1%扣2分\t50%',
	'管理\t团队协作\t15%\t由部门经理评定\t',
	'合计\t\t95%\t\t'
].join('\r\n');

async function draft(text: string) {
	const sheet = sheetOfText(text);
	const layout = findLayout(sheet);
	return schemeOfSheet(readItems(sheet, layout), {
		id: 'sales',
		name: { 'zh-CN': '销售', en: 'Sales' },
		period: 'month',
		metrics: METRICS,
		slug: await loadSlug(),
		arePoints: false
	});
}

describe('a table as a scheme', () => {
	test('headers are found under a title, whatever their width and brackets', () => {
		const layout = findLayout(sheetOfText(PASTED));
		expect(layout.headerRow).toBe(1);
		expect(layout.roles).toEqual(['group', 'name', 'weight', 'standard', 'target']);
	});

	test('items, weights and standards are read, merged cells and totals are not items', async () => {
		const { document, lines, total } = await draft(PASTED);
		expect(lines.map(({ item, weight }) => [item, weight])).toEqual([
			['revenue', 50],
			['repeat_rate', 30],
			['tuan_dui_xie_zuo', 15]
		]);
		expect(total).toBe(95);
		expect(document['items']).toMatchObject([
			{
				metric: 'revenue',
				score: {
					steps: [
						{ var: 'item.attainment' },
						[
							[0.9, 80],
							[1, 100]
						],
						0
					]
				}
			},
			{ metric: 'repeat_rate', score: { max: [0, { '-': [100, {}] }] } },
			{ metric: 'tuan_dui_xie_zuo', score: null, name: { 'zh-CN': '团队协作' } }
		]);
		expect(document['view']).toMatchObject({
			groups: [
				{ name: { 'zh-CN': '业绩' }, items: ['revenue', 'repeat_rate'] },
				{ name: { 'zh-CN': '管理' }, items: ['tuan_dui_xie_zuo'] }
			]
		});
	});

	test('the words of the table stay with each item', async () => {
		const { document } = await draft(PASTED);
		expect(document['items']).toMatchObject([
			{
				note: { standard: expect.stringContaining('完成率≥100%得满分') as string, target: '100万' }
			},
			{ note: { standard: '每低于1%扣2分', target: '50%' } },
			{ note: { standard: '由部门经理评定' } }
		]);
	});

	test('what is open is asked, and each question names its card', async () => {
		const { questions } = await draft(PASTED);
		expect(questions.map(({ code, item }) => `${item ?? ''} ${code}`)).toEqual([
			'repeat_rate step_or_linear',
			'tuan_dui_xie_zuo metric_unknown',
			'tuan_dui_xie_zuo standard_unclear',
			' weights_total',
			' targets_kept'
		]);
	});

	test('the draft has the structure of a scheme, and its questions close as it answers them', async () => {
		const { document } = await draft(PASTED);
		const { scheme, diagnostics } = parseScheme(document, { metrics: METRICS });
		expect(scheme).not.toBeNull();
		expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
		const items = (document['items'] as unknown as SchemeDocument['items']).map((item, index) =>
			index === 2 ? { ...item, metric: 'complaints', score: 80, weight: 20 } : item
		);
		const answered = { ...document, items: items as never };
		const open = openQuestions(answered, answered as unknown as SchemeDocument, METRICS);
		expect(open.map(({ code }) => code)).toEqual(['step_or_linear', 'targets_kept']);
		const settled = settleQuestion(answered, 'repeat_rate-step_or_linear') as typeof answered;
		const rest = openQuestions(settled, settled as unknown as SchemeDocument, METRICS);
		expect(rest.map(({ code }) => code)).toEqual(['targets_kept']);
	});

	test('shares of one are percentages, and a file of Chinese Excel is read', async () => {
		const csv = 'KPI,权重,评分标准\n销售额,0.6,按比例得分\n投诉次数,0.4,每次扣5分\n';
		const { lines, questions } = await draft(csv);
		expect(lines.map(({ weight }) => weight)).toEqual([60, 40]);
		expect(questions.map(({ code }) => code)).toEqual(['no_cap']);
		const gbk = Uint8Array.from([0xc8, 0xa8, 0xd6, 0xd8]);
		expect(textOfBytes(gbk.buffer)).toBe('权重');
	});

	test('without a header, the usual order of columns is taken', async () => {
		const { lines } = await draft('销售额\t70\t按比例得分，最高120分\n投诉次数\t30\t每次扣5分');
		expect(lines.map(({ item, weight }) => [item, weight])).toEqual([
			['revenue', 70],
			['complaints', 30]
		]);
	});
});
