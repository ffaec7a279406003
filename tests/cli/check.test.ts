import { describe, expect, it } from 'vitest';
import { folderWith, quanheng } from './run.ts';

const name = (zh: string, en: string) => ({ 'zh-CN': zh, en });
const full = {
	curve: [
		{ var: 'item.attainment' },
		[
			[0, 0],
			[1, 100]
		],
		'flat',
		'flat'
	]
};
const item = (id: string, weight: unknown, zh: string) => ({
	id,
	metric: id,
	name: name(zh, id),
	class: 'result',
	weight,
	score: full
});

/** AT-02: sales 60, customer conversion 30, teamwork 10. */
const scheme = (conversion: unknown) => ({
	format: 'quanheng.scheme/1',
	id: 'sales',
	name: name('销售', 'Sales'),
	period: 'month',
	applies_to: true,
	weighting: 'percent',
	items: [
		item('sales', 60, '销售额'),
		item('conversion', conversion, '客户转化率'),
		item('teamwork', 10, '团队协作')
	],
	grades: [{ id: 'all', name: name('全部', 'all'), from: 0 }]
});

interface Report {
	readonly diagnostics: readonly {
		readonly code: string;
		readonly severity: string;
		readonly at: string;
		readonly message: string;
		readonly repair?: { readonly title: string };
		readonly repairs?: readonly { readonly title: string; readonly patch: readonly object[] }[];
	}[];
	readonly weights: readonly { readonly when: string; readonly total: number }[];
}

describe('quanheng check', () => {
	it('finds nothing wrong with weights of 60, 30 and 10', async () => {
		const cwd = folderWith({ 'scheme.json': scheme(30) });
		const { code, out } = await quanheng(['check', 'scheme.json', '--json'], { cwd });
		expect(code).toBe(0);
		expect(JSON.parse(out)).toEqual({
			diagnostics: [],
			weights: [{ when: 'everyone', total: 100 }]
		});
	});

	it('refuses 110 % and offers to take it from sales, to scale, and to set by hand (AT-03)', async () => {
		const cwd = folderWith({ 'scheme.json': scheme(40) });
		const { code, out } = await quanheng(['check', 'scheme.json', '--json'], { cwd });
		const report = JSON.parse(out) as Report;
		expect(code).toBe(3);
		expect(report.weights[0]).toMatchObject({ when: 'everyone', total: 110 });
		const [found] = report.diagnostics;
		expect(found).toMatchObject({ code: 'weights_not_100', severity: 'error', at: '/items' });
		expect(found?.repair?.title).toContain('50/40/10');
		const titles = found?.repairs?.map(({ title }) => title).join('\n');
		expect(titles).toContain('51.43/40/8.57');
		expect(found?.repairs?.at(-1)?.patch).toEqual([]);
	});

	it('proposes 50/40/10 and 51.43/40/8.57 first where it knows what was edited', async () => {
		const cwd = folderWith({ 'old.json': scheme(30), 'new.json': scheme(40) });
		const argv = ['check', 'new.json', '--baseline', 'old.json', '--json'];
		const report = JSON.parse((await quanheng(argv, { cwd })).out) as Report;
		const found = report.diagnostics.find(({ code }) => code === 'weights_not_100');
		expect(found?.repairs?.map(({ title }) => title.split(': ').at(-1))).toEqual([
			'50/40/10',
			'51.43/40/8.57',
			'60/40/0',
			'Set by hand (now 60/40/10)'
		]);
	});

	it('names the region and a person in words', async () => {
		const branch = {
			if: [{ '==': [{ var: 'employee.region' }, 'Europe'] }, 40, 30]
		};
		const cwd = folderWith({ 'scheme.json': scheme(branch) });
		const { code, out } = await quanheng(['check', 'scheme.json', '--locale', 'zh-CN'], { cwd });
		expect(code).toBe(3);
		expect(out).toContain('Europe');
		expect(out).toContain('权重合计 110 %');
		expect(out).toContain('权重 其他所有人：100 %');
	});

	it('answers a document without structure with the same keys', async () => {
		const cwd = folderWith({ 'scheme.json': '{"format": 1' });
		const { code, out } = await quanheng(['check', 'scheme.json', '--json'], { cwd });
		expect(code).toBe(3);
		expect(Object.keys(JSON.parse(out))).toEqual(['diagnostics', 'weights']);
	});
});

describe('quanheng diff', () => {
	it('says the change of a weight in Chinese and in English', async () => {
		const cwd = folderWith({ 'a.json': scheme(30), 'b.json': scheme(40) });
		const zh = await quanheng(['diff', 'a.json', 'b.json', '--locale', 'zh-CN'], { cwd });
		expect([zh.code, zh.out]).toEqual([0, '客户转化率权重 30% → 40%\n']);
		const en = await quanheng(['diff', 'a.json', 'b.json', '--json'], { cwd });
		expect(JSON.parse(en.out)).toEqual({
			edits: [
				{
					id: 'items.conversion.weight',
					kind: 'weight',
					at: '/items/1/weight',
					group: 'weights',
					sentence: 'conversion: weight 30% → 40%',
					before: 30,
					after: 40
				}
			]
		});
	});

	it('says so where there is no difference', async () => {
		const cwd = folderWith({ 'a.json': scheme(30) });
		expect((await quanheng(['diff', 'a.json', 'a.json'], { cwd })).out).toBe('No difference.\n');
	});
});

describe('quanheng merge', () => {
	const files = {
		'base.json': scheme(30),
		'ours.json': scheme(40),
		'theirs.json': { ...scheme(30), name: name('外贸', 'Trade') },
		'rival.json': scheme(20)
	};
	const argv = (theirs: string) => [
		...['merge', '--base', 'base.json', '--ours', 'ours.json', '--theirs', theirs]
	];

	it('joins edits of different places', async () => {
		const { code, out } = await quanheng(argv('theirs.json'), { cwd: folderWith(files) });
		expect(code).toBe(0);
		expect(JSON.parse(out)).toEqual({ ...scheme(40), name: name('外贸', 'Trade') });
	});

	it('lists a conflict with all three sides and leaves with 4', async () => {
		const cwd = folderWith(files);
		const { code, out } = await quanheng([...argv('rival.json'), '--json'], { cwd });
		expect(code).toBe(4);
		const { merged, conflicts } = JSON.parse(out);
		expect(merged).toEqual(scheme(40));
		expect(conflicts).toEqual([
			{
				id: 'items.conversion.weight',
				at: '/items/1/weight',
				reason: 'both_changed',
				place: 'conversion: weight',
				base: 30,
				ours: 40,
				theirs: 20
			}
		]);
	});
});
