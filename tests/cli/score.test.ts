/** `quanheng score` on the examples that the rules of scoring name, with every engine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'csv-parse/sync';
import { folderWith, quanheng } from './run.ts';

const ENGINES = ['wasm', 'blocks', 'interpreter', 'reference'] as const;
const NAME = { 'zh-CN': '测试', en: 'Test' };
const GRADES = [
	{ id: 'excellent', name: NAME, from: 90 },
	{ id: 'good', name: NAME, from: 80 },
	{ id: 'poor', name: NAME, from: 0 }
];

interface Item {
	readonly id: string;
	readonly weight?: unknown;
	readonly score?: unknown;
	readonly missing?: unknown;
}

/** A scheme whose items take their score from the metric of the same name, unless they say how. */
function scheme(items: readonly Item[], rest: object = {}): object {
	return {
		format: 'quanheng.scheme/1',
		id: 'test',
		name: NAME,
		period: 'month',
		applies_to: true,
		weighting: 'percent',
		items: items.map(({ id, ...item }) => ({
			id,
			metric: id,
			class: 'result',
			score: { var: 'item.actual' },
			...item
		})),
		grades: GRADES,
		...rest
	};
}

type Row = Readonly<Record<string, string>>;

function rowsOf(csv: string): Row[] {
	return parse(csv, { columns: true });
}

/** Scores one table with one engine and gives the rows of the output. */
async function score(
	document: object,
	csv: string,
	engine: string,
	...flags: string[]
): Promise<{ code: number; rows: Row[]; out: string; err: string }> {
	const cwd = folderWith({ 'scheme.json': document, 'table.csv': csv });
	const argv = ['score', 'scheme.json', '--data', 'table.csv', '--engine', engine, ...flags];
	const { code, out, err } = await quanheng(argv, { cwd });
	const isTable = out.startsWith('employee.id');
	return { code, out, err, rows: isTable ? rowsOf(out) : [] };
}

describe.each(ENGINES)('by %s', (engine) => {
	test('weights 40/25/20/15 with item scores 100/80/90/70 give 88.5', async () => {
		const items = [
			{ id: 'sales', weight: 40 },
			{ id: 'repeat', weight: 25 },
			{ id: 'profit', weight: 20 },
			{ id: 'collaboration', weight: 15 }
		];
		const csv =
			'employee.id,period.id,metric.sales,metric.repeat,metric.profit,metric.collaboration\nE1,2025-01,100,80,90,70\n';
		const { code, rows } = await score(scheme(items), csv, engine);
		expect(code).toBe(0);
		expect(rows).toEqual([
			{
				'employee.id': 'E1',
				'period.id': '2025-01',
				status: 'scored',
				score: '88.5',
				grade: 'good',
				payout: '',
				'items.sales.score': '100',
				'items.sales.weight': '40',
				'items.sales.points': '40',
				'items.repeat.score': '80',
				'items.repeat.weight': '25',
				'items.repeat.points': '20',
				'items.profit.score': '90',
				'items.profit.weight': '20',
				'items.profit.points': '18',
				'items.collaboration.score': '70',
				'items.collaboration.weight': '15',
				'items.collaboration.points': '10.5',
				reason: ''
			}
		]);
	});

	test('60 points at a million and two for every hundred thousand above', async () => {
		const rule = {
			'+': [
				60,
				{
					'*': [2, { floor: { '/': [{ '-': [{ var: 'item.actual' }, 1000000] }, 100000] } }]
				}
			]
		};
		const csv = [1000000, 1200000, 1250000, 3000000]
			.map((actual, i) => `E${i},2025-01,${actual}`)
			.join('\n');
		const { rows } = await score(
			scheme([{ id: 'sales', weight: 100, score: rule }]),
			`employee.id,period.id,metric.sales\n${csv}\n`,
			engine
		);
		expect(rows.map((row) => row['score'])).toEqual(['60', '64', '64', '100']);
	});

	test('output 931 of 950 at 80 % and maintenance of 90 % at 20 % give 96.4', async () => {
		const items = [
			{
				id: 'output',
				weight: 80,
				score: { '*': [{ min: [{ var: 'item.attainment' }, 1] }, 100] }
			},
			{ id: 'maintenance', weight: 20, score: { '*': [{ var: 'item.actual' }, 100] } }
		];
		const csv =
			'employee.id,period.id,metric.output,target.output,metric.maintenance\nE1,2025-01,931,950,0.9\n';
		const { rows } = await score(scheme(items), csv, engine);
		expect(rows[0]?.['score']).toBe('96.4');
	});

	test('a team of 600 against 500 adds 10, one of 599 adds nothing', async () => {
		const bonus = {
			id: 'team',
			name: NAME,
			when: { '>=': [{ var: 'team.shipments.attainment' }, 1.2] },
			points: 10
		};
		const csv =
			'employee.id,period.id,metric.sales,team.shipments.actual,team.shipments.target\nE1,2025-01,80,600,500\nE2,2025-01,80,599,500\n';
		const document = scheme([{ id: 'sales', weight: 100 }], { adjustments: [bonus] });
		const { rows } = await score(document, csv, engine);
		expect(rows.map((row) => row['score'])).toEqual(['90', '80']);
	});

	test('a safety gate of 60 makes 94 a 60, whatever the adjustments', async () => {
		const document = scheme([{ id: 'sales', weight: 100 }], {
			adjustments: [
				{ id: 'bonus', name: NAME, when: { '>': [{ var: 'metric.sales' }, 90] }, points: 5 }
			],
			gates: [
				{
					id: 'safety',
					name: NAME,
					when: { '>': [{ var: 'metric.accidents' }, 0] },
					effect: { cap: 60 }
				}
			]
		});
		const csv =
			'employee.id,period.id,metric.sales,metric.accidents\nE1,2025-01,94,1\nE2,2025-01,94,0\nE3,2025-01,94,\n';
		const { rows } = await score(document, csv, engine);
		expect(rows.map((row) => row['score'])).toEqual(['60', '99', '99']);
	});

	test('weights 60/40/10 are refused; as data they are an error', async () => {
		const items = [
			{ id: 'a', weight: 60 },
			{ id: 'b', weight: 40 },
			{ id: 'c', weight: 10 }
		];
		const csv = 'employee.id,period.id,metric.a,metric.b,metric.c\nE1,2025-01,90,80,70\n';
		const refused = await score(scheme(items), csv, engine);
		expect(refused.code).toBe(3);
		expect(refused.out).toBe('');
		expect(refused.err).toContain('110');
		const forced = await score(scheme(items), csv, engine, '--force');
		expect(forced.code).toBe(0);
		expect(forced.rows[0]).toMatchObject({
			status: 'error',
			score: '',
			'items.a.score': '90',
			'items.a.weight': '60',
			'items.a.points': '',
			reason: 'weights_not_100'
		});
	});

	test('a missing item that is excluded leaves the others scaled: 81.43', async () => {
		const items = [
			{ id: 'a', weight: 50 },
			{ id: 'b', weight: 30, missing: 'exclude' },
			{ id: 'c', weight: 20 }
		];
		const csv = 'employee.id,period.id,metric.a,metric.b,metric.c\nE1,2025-01,90,,60\n';
		const { rows } = await score(scheme(items), csv, engine);
		expect(rows[0]).toMatchObject({ status: 'scored', score: '81.43', 'items.b.points': '' });
	});

	test('a missing item that blocks says which item and keeps what is known of the others', async () => {
		const items = [
			{ id: 'a', weight: 50 },
			{ id: 'b', weight: 50 }
		];
		const csv = 'employee.id,period.id,metric.a,metric.b\nE1,2025-01,90,\n';
		const { rows } = await score(scheme(items), csv, engine);
		expect(rows[0]).toMatchObject({
			status: 'incomplete',
			score: '',
			grade: '',
			'items.a.score': '90',
			'items.a.points': '',
			'items.b.score': '',
			'items.b.weight': '50',
			reason: 'missing_actual:b'
		});
	});

	test('89.995 rounds to 90 and its grade; 89.994 stays below', async () => {
		const csv = 'employee.id,period.id,metric.a\nE1,2025-01,89.995\nE2,2025-01,89.994\n';
		const { rows } = await score(scheme([{ id: 'a', weight: 100 }]), csv, engine);
		expect(rows.map((row) => [row['score'], row['grade']])).toEqual([
			['90', 'excellent'],
			['89.99', 'good']
		]);
	});
});

test('the operators of the rules of scoring give the values it names', async () => {
	for (const [rule, value] of [
		[{ floor: { '/': [{ '-': [1.2, 1] }, 0.1] } }, '2'],
		[{ round: [1.005, 2] }, '1.01'],
		[{ round: [-2.5, 0] }, '-3'],
		[{ '+': [1, { var: 'nothing' }] }, 'null']
	] as const) {
		const cwd = folderWith({ 'rule.json': rule, 'data.json': {} });
		for (const flags of [[], ['--reference']]) {
			const run = await quanheng(['eval', '--rule', 'rule.json', '--data', 'data.json', ...flags], {
				cwd
			});
			expect(run).toMatchObject({ code: 0, out: `${value}\n`, err: '' });
		}
	}
});

test('rows come out in the order they went in, and --out writes the same bytes', async () => {
	const csv = 'employee.id,period.id,metric.a\nE9,2025-02,1\nE1,2025-01,2\nE5,2025-03,3\n';
	const cwd = folderWith({ 's.json': scheme([{ id: 'a', weight: 100 }]), 't.csv': csv });
	const shown = await quanheng(['score', 's.json', '--data', 't.csv'], { cwd });
	expect(rowsOf(shown.out).map((row) => row['employee.id'])).toEqual(['E9', 'E1', 'E5']);
	const written = await quanheng(['score', 's.json', '--data', 't.csv', '--out', 'o.csv'], { cwd });
	expect(written).toMatchObject({ code: 0, out: '' });
	expect(readFileSync(join(cwd, 'o.csv'), 'utf8')).toBe(shown.out);
});

test('the table may come from standard input', async () => {
	const cwd = folderWith({ 's.json': scheme([{ id: 'a', weight: 100 }]) });
	const { out } = await quanheng(['score', 's.json', '--data', '-'], {
		cwd,
		input: 'employee.id,period.id,metric.a\nE1,2025-01,95\n'
	});
	expect(out).toContain('E1,2025-01,scored,95,excellent');
});
