import { describe, expect, it } from 'vitest';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { schemeHash } from '#lib/engine/scheme/hash.ts';
import { planReplay } from '#lib/engine/replay/plan.ts';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import { ReplayRefused, runReplay, type ReplayInput } from '#lib/engine/replay/run.ts';
import { verdictOf } from '#lib/engine/replay/verdict.ts';
import { Cancelled, scoreTable } from '#lib/engine/score/score-table.ts';
import { tableFromRows } from '#lib/engine/table/from-rows.ts';
import { selectRows } from '#lib/engine/table/select-rows.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { evaluateByReference } from '#lib/reference/index.ts';
import { item, read, scheme, text } from '../generators/plain-scheme.ts';
import { Random, seedOf } from '../generators/random.ts';
import { randomScheme, randomTable } from '../generators/scheme.ts';

const SEED = seedOf(911);

const actual = read('item.actual');
const baseline = scheme({
	items: [item('sales', 60, actual), item('profit', 40, actual)],
	payout: { currency: 'CNY', amount: { '*': [read('score'), 10] } }
});
const draft: SchemeDocument = {
	...baseline,
	items: [item('sales', 40, actual), item('profit', 60, actual)]
};

function tableOf(...rows: string[][]): Table {
	const header = ['employee.id', 'period.id', 'employee.unit', 'metric.sales', 'metric.profit'];
	const { table, diagnostics } = tableFromRows(header, rows);
	if (!table) throw new Error(diagnostics.map(({ message }) => message.en).join('\n'));
	return table;
}

const history = tableOf(
	['ann', '2025-01', 'north', '100', '50'], // 80 → 70
	['bob', '2025-01', 'north', '50', '100'], // 70 → 80
	['cho', '2025-01', 'south', '90', '90'], // 90 → 90
	['dee', '2025-01', 'south', '', '90'], // not scored
	['ann', '2025-02', 'north', '95', '85'] // 91 → 89
);

function replay(input: Partial<ReplayInput> = {}): ReplayReport {
	return runReplay({ draft, baseline, table: history, ...input });
}

describe('the report', () => {
	const report = replay({ reference: evaluateByReference });

	it('names what it rests on', () => {
		expect(report.draft).toEqual({ id: 'sales', hash: schemeHash(draft) });
		expect(report.dataset).toMatchObject({
			rows: 5,
			subjects: 4,
			periods: ['2025-01', '2025-02']
		});
		expect(report.engine.backend).toBe('interpreter');
	});

	it('accounts for every row', () => {
		expect(report.coverage).toEqual({
			rows: 5,
			scored: 4,
			scored_subjects: 3,
			not_scored: { incomplete: 1, uncovered: 0, error: 0 },
			reasons: [{ code: 'missing_actual', item: 'sales', rows: 1 }]
		});
	});

	it('sums the rows that both sides scored, in whole units', () => {
		expect(report.summary).toEqual({
			up: 1,
			down: 2,
			same: 1,
			newly_scored: 0,
			no_longer_scored: 0,
			mean_before: 82.75,
			mean_after: 82.25,
			mean_delta: -0.5,
			largest_rise: 10,
			largest_fall: -10,
			grade_up: 1,
			grade_down: 2,
			payout_before: 3310,
			payout_after: 3290,
			payout_delta: -20
		});
	});

	it('shows grades before against grades after, with a last line for no grade', () => {
		expect(report.grades.order).toEqual(['excellent', 'good', 'below']);
		expect(report.grades.migration).toEqual([
			[1, 1, 0, 0],
			[0, 0, 1, 0],
			[0, 1, 0, 0],
			[0, 0, 0, 0]
		]);
	});

	it('counts scores in bins that include their lower edge', () => {
		const { edges, before, after } = report.distribution;
		expect(edges[0]).toBe(0);
		expect(edges.at(-1)).toBe(120);
		expect(before[edges.indexOf(70)]).toBe(1);
		expect(before[edges.indexOf(80)]).toBe(1);
		expect(before[edges.indexOf(90)]).toBe(2);
		expect(after[edges.indexOf(85)]).toBe(1);
	});

	it('groups by unit', () => {
		expect(report.groups).toEqual([
			{ by: 'employee.unit', value: 'north', rows: 3, mean_delta: -2 / 3, up: 1, down: 2 },
			{ by: 'employee.unit', value: 'south', rows: 1, mean_delta: 0, up: 0, down: 0 }
		]);
	});

	it('lists the largest changes, ties by employee, each with its causes', () => {
		expect(report.movers.map(({ employee, delta }) => [employee, delta])).toEqual([
			['ann', -10],
			['bob', 10],
			['ann', -2]
		]);
		expect(report.movers[0]?.because).toEqual([{ edit: 'weights', points: -10 }]);
		expect(report.edits[0]?.sentence['zh-CN']).toBeTruthy();
	});

	it('has a sample confirmed by json-logic-js', () => {
		expect(report.reference_check).toEqual({
			engine: 'json-logic-js',
			sampled: 5,
			mismatches: 0
		});
	});

	it('says it in one sentence in both languages', () => {
		const verdict = verdictOf(report);
		expect(verdict['zh-CN']).toBe(
			'用 2025-01 至 2025-02 的 2 期数据重算 3 人：1 人期分数上升、2 人期下降、1 人期不变；平均 −0.5 分；等级变化 3 人期（升 1 / 降 2）；预计奖金 −20 元（−0.6%）。'
		);
		expect(verdict.en).toContain('rises for 1 person-period, falls for 2, stays the same for 1');
	});
});

describe('checks', () => {
	const status = (report: ReplayReport, code: string) =>
		report.checks.find((check) => check.code === code)?.status;

	it('weights that miss 100 are scaled for the preview, and a check fails and says so', () => {
		const off = { ...draft, items: [item('sales', 60, actual), item('profit', 50, actual)] };
		const report = replay({ draft: off });
		expect(status(report, 'weights')).toBe('fail');
		expect(report.coverage.scored).toBe(4);
		const asBaseline = replay({ draft, baseline: off });
		expect(asBaseline.summary).toMatchObject({ newly_scored: 4, up: 0, down: 0 });
		expect(asBaseline.movers.every(({ because }) => because === undefined)).toBe(true);
	});

	it('a golden employee that does not come out fails, and is named', () => {
		const golden = {
			...draft,
			examples: [
				{
					name: 'Ann meets both',
					given: { 'metric.sales': 80, 'metric.profit': 80 },
					expect: { score: 80 }
				},
				{
					name: 'Bob is better',
					given: { 'metric.sales': 80, 'metric.profit': 80 },
					expect: { score: 81 }
				}
			]
		};
		const check = replay({ draft: golden }).checks.find(({ code }) => code === 'examples');
		expect(check?.status).toBe('fail');
		expect(check?.message.en).toContain('Bob is better');
	});

	it('guardrails pass on their limit and fail beyond it; what is not set is skipped', () => {
		expect(status(replay(), 'largest_fall')).toBe('skip');
		expect(status(replay({ guardrails: { largest_fall: 10 } }), 'largest_fall')).toBe('pass');
		expect(status(replay({ guardrails: { largest_fall: 9.99 } }), 'largest_fall')).toBe('fail');
		expect(status(replay({ guardrails: { grade_down_share: 0.5 } }), 'grade_down')).toBe('pass');
		expect(status(replay({ guardrails: { grade_down_share: 0.49 } }), 'grade_down')).toBe('fail');
		expect(status(replay({ guardrails: { unit_mean_delta: 0.5 } }), 'unit_mean')).toBe('fail');
		expect(status(replay({ guardrails: { coverage: 0.9 } }), 'coverage')).toBe('fail');
		expect(status(replay({ guardrails: { payout_growth: 0 } }), 'payout')).toBe('pass');
	});

	it('a scorer that differs from the reference is found out', () => {
		const report = replay({
			reference: evaluateByReference,
			engine: {
				backend: 'wrong',
				score: (prepared, table, options) => {
					const columns = scoreTable(prepared, table, options);
					columns.score[0] = (columns.score[0] ?? 0) + 0.01;
					return columns;
				}
			}
		});
		expect(report.reference_check.mismatches).toBe(1);
		expect(status(report, 'reference')).toBe('fail');
	});
});

describe('a replay', () => {
	it('against nothing says what the draft gives', () => {
		const report = replay({ baseline: null });
		expect(report.summary).toMatchObject({ newly_scored: 4, mean_before: null, mean_after: 82.25 });
		expect(report).toMatchObject({ baseline: null, movers: [], groups: [] });
		expect(verdictOf(report).en).toContain('nothing to compare with');
	});

	it('against itself changes nothing', () => {
		const report = replay({ draft: baseline });
		expect(report.summary).toMatchObject({ up: 0, down: 0, same: 4, mean_delta: 0 });
		expect(report.movers).toEqual([]);
	});

	it('over a range takes only its periods', () => {
		const report = replay({ periods: '2025-02..2025-03' });
		expect(report.dataset).toMatchObject({ rows: 1, periods: ['2025-02'] });
	});

	it.each([
		['2025-02..2025-01', 'range_invalid'],
		['2025-Q1', 'period_length'],
		['2030-01', 'no_rows'],
		['soon', 'range_invalid']
	])('over “%s” is refused as %s', (periods, code) => {
		expect(planReplay({ draft, baseline, table: history, periods }).diagnostics[0]?.code).toBe(
			code
		);
		expect(() => replay({ periods })).toThrow(ReplayRefused);
	});

	it('is planned before it runs: periods, rows, columns, and what is absent', () => {
		const quality = { ...draft, items: [...draft.items, item('quality', 0, actual)] };
		expect(planReplay({ draft: quality, baseline, table: history }).plan).toEqual({
			periods: ['2025-01', '2025-02'],
			rows: 5,
			columns: [
				'metric.profit',
				'metric.quality',
				'metric.sales',
				'target.profit',
				'target.quality',
				'target.sales'
			],
			absent: ['metric.quality', 'target.profit', 'target.quality', 'target.sales']
		});
	});

	it('reports progress that only rises, ends at 1, and stops when cancelled', () => {
		const shares: number[] = [];
		replay({ onProgress: ({ share }) => shares.push(share) });
		expect(shares).toEqual([...shares].sort((a, b) => a - b));
		expect(shares.at(-1)).toBe(1);
		expect(() => replay({ isCancelled: () => shares.push(0) > 3 })).toThrow(Cancelled);
	});

	it(`of random schemes is the same whatever the order of rows (seed ${SEED})`, () => {
		const random = new Random(SEED);
		for (let i = 0; i < 4; i++) {
			const before = randomScheme(random, { items: 4 });
			const after = randomScheme(random, { items: 4, wrongWeights: true });
			const table = randomTable(random, 40);
			const order = Uint32Array.from(random.shuffle([...Array(table.rows).keys()]));
			const run = (rows: Table): string =>
				JSON.stringify(runReplay({ draft: after, baseline: before, table: rows }));
			expect(run(selectRows(table, order))).toBe(run(table));
		}
	});

	it(`explains every mover to the last unit (seed ${SEED + 1})`, () => {
		const random = new Random(SEED + 1);
		let explained = 0;
		for (let i = 0; i < 15; i++) {
			const before = randomScheme(random, { items: 3 });
			const after = {
				...before,
				adjustments:
					randomScheme(random, { items: 3 }).adjustments?.map((one) => ({ ...one, when: true })) ??
					[],
				total: { ...before.total, max: 90 },
				gates: [
					{
						id: 'gate_new',
						name: text('New'),
						when: { '>': [read('metric.faults'), 50] },
						effect: { cap: 50 }
					}
				]
			};
			for (const { delta, because } of runReplay({
				draft: after,
				baseline: before,
				table: randomTable(random, 30)
			}).movers) {
				if (delta === null) continue;
				explained++;
				const units = (because ?? []).reduce(
					(sum, { points }) => sum + Math.round(points * 1e4),
					0
				);
				expect(units).toBe(Math.round(delta * 1e4));
			}
		}
		expect(explained).toBeGreaterThan(50);
	});
});
