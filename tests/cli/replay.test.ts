/** `quanheng replay` prints the report that the page shows, and a sentence for a person. */
import { expect, test } from 'vitest';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import { folderWith, quanheng } from './run.ts';

const NAME = { 'zh-CN': '测试', en: 'Test' };
const scheme = (weights: readonly [number, number]) => ({
	format: 'quanheng.scheme/1',
	id: 'test',
	name: NAME,
	period: 'month',
	applies_to: true,
	weighting: 'percent',
	items: ['a', 'b'].map((id, index) => ({
		id,
		metric: id,
		class: 'result',
		weight: weights[index],
		score: { var: 'item.actual' },
		missing: 'block'
	})),
	grades: [
		{ id: 'good', name: NAME, from: 80 },
		{ id: 'poor', name: NAME, from: 0 }
	]
});
const HISTORY = [
	'employee.id,period.id,employee.unit,metric.a,metric.b',
	'E1,2025-01,east,100,50',
	'E2,2025-01,east,50,100',
	'E1,2025-02,east,80,80',
	'E2,2025-02,east,90,'
].join('\n');

const files = () => ({
	'draft.json': scheme([40, 60]),
	'baseline.json': scheme([60, 40]),
	'history.csv': `${HISTORY}\n`
});
const ARGV = [
	'replay',
	'--draft',
	'draft.json',
	'--baseline',
	'baseline.json',
	'--data',
	'history.csv'
];

for (const engine of ['wasm', 'blocks', 'interpreter', 'reference']) {
	test(`the report of ${engine} counts, compares and attributes`, async () => {
		const cwd = folderWith(files());
		const { code, out } = await quanheng([...ARGV, '--engine', engine, '--json'], { cwd });
		expect(code).toBe(0);
		const report = JSON.parse(out) as ReplayReport;
		expect(report.dataset).toMatchObject({ rows: 4, subjects: 2, periods: ['2025-01', '2025-02'] });
		expect(report.coverage).toMatchObject({
			rows: 4,
			scored: 3,
			not_scored: { incomplete: 1, uncovered: 0, error: 0 }
		});
		expect(report.summary).toMatchObject({ up: 1, down: 1, same: 1, mean_delta: 0 });
		expect(report.movers.slice(0, 2)).toMatchObject([
			{ employee: 'E1', period: '2025-01', before: 80, after: 70, delta: -10 },
			{ employee: 'E2', period: '2025-01', before: 70, after: 80, delta: 10 }
		]);
		expect(report.reference_check.mismatches).toBe(0);
		expect(report.engine.backend).toBe(engine);
	});
}

test('a range of periods narrows the rows', async () => {
	const cwd = folderWith(files());
	const { out } = await quanheng([...ARGV, '--periods', '2025-02..2025-02', '--json'], { cwd });
	expect((JSON.parse(out) as ReplayReport).dataset.rows).toBe(2);
});

test('without --json a person reads a sentence and figures', async () => {
	const cwd = folderWith(files());
	const { out } = await quanheng([...ARGV, '--locale', 'zh-CN'], { cwd });
	expect(out).toMatch(/[\u4e00-\u9fff]/);
	expect(out).toContain('E1 2025-01: 80 good → 70 poor');
});

test('a draft whose weights miss 100 is previewed scaled, and a check of the report fails', async () => {
	const cwd = folderWith({ ...files(), 'draft.json': scheme([40, 70]) });
	const { code, out } = await quanheng([...ARGV, '--json'], { cwd });
	expect(code).toBe(0);
	const { checks } = JSON.parse(out) as ReplayReport;
	expect(checks.some(({ status }) => status === 'fail')).toBe(true);
});
