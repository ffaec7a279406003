// Trust in figures: what two sources say, what is odd, what is missing, what came late.
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addMonths } from '#lib/contract/periods.ts';
import { observations, scoringRuns } from '#lib/server/db/client/schema.ts';
import { findDifferences, loadDifferences } from '#lib/server/facts/find-differences.ts';
import { findFacts } from '#lib/server/facts/find-facts.ts';
import { reconcileFigure } from '#lib/server/facts/reconcile-figure.ts';
import { receiveRows } from '#lib/server/imports/receive-rows.ts';
import { explainFigure } from '#lib/server/quality/explain-figure.ts';
import { findCoverage, findHoles } from '#lib/server/quality/find-coverage.ts';
import { findLateFigures } from '#lib/server/quality/find-late-figures.ts';
import { findOddFigures } from '#lib/server/quality/find-odd-figures.ts';
import { bandOf, median, seasonsOf } from '#lib/server/quality/robust-band.ts';
import { openSalesClient } from '../imports/import-samples.ts';
import type { TestClient } from '../imports/test-client.ts';

let client: TestClient;
beforeEach(async () => {
	client = await openSalesClient();
	await receiveRows(client.ctx, client.as('implementer'), {
		kind: 'people',
		rows: ['E1', 'E2', 'E3'].map((employee) => ({
			employee,
			name: `名${employee}`,
			attributes: { unit: employee === 'E3' ? '运营部' : '销售部', hired_on: '2020-01-01' },
			validFrom: '2020-01-01'
		})),
		allOrNothing: true,
		createUnits: true
	});
});
afterEach(async () => {
	await client.close();
});

async function tell(
	kind: 'observations' | 'targets',
	rows: readonly (readonly [employee: string, period: string, value: number, source?: string])[]
): Promise<void> {
	client.clock.advance(1_000);
	const received = await receiveRows(client.ctx, client.as('implementer'), {
		kind,
		rows: rows.map(([employee, period, value, source]) => ({
			employee,
			metric: 'sales',
			period,
			value,
			...(source === undefined ? {} : { source })
		})),
		allOrNothing: true
	});
	expect(received.counts.rejected).toBe(0);
}

const hr = () => client.as('hr_designer');
const sales = async (employee: string) =>
	(
		await findFacts(client.ctx, hr(), {
			subjectKind: 'employee',
			subjectId: employee,
			metric: 'sales',
			period: '2025-03'
		})
	).observations;

describe('two sources of one figure', () => {
	beforeEach(() => tell('observations', [['E1', '2025-03', 100, 'ERP']]));

	test('that differ wait for a decision; the one that is chosen holds and both stay', async () => {
		await tell('observations', [['E1', '2025-03', 120, 'HR']]);
		const [open, ...rest] = await findDifferences(client.ctx, hr());
		expect(rest).toEqual([]);
		expect(open?.values.map(({ source, value }) => [source, value])).toEqual([
			['ERP', 100],
			['HR', 120]
		]);
		const [erp, department] = open?.values ?? [];
		const decide = () =>
			reconcileFigure(client.ctx, hr(), {
				chosenId: erp?.id ?? 0,
				seenId: department?.id ?? 0,
				reason: '以系统为准'
			});
		await decide();
		await decide();
		expect(await findDifferences(client.ctx, hr())).toEqual([]);
		const facts = await sales('E1');
		expect(facts.map(({ value, source, holds }) => [value, source, holds])).toEqual([
			[100, 'ERP', false],
			[120, 'HR', false],
			[100, 'reconciled', true]
		]);
	});

	test('are asked about again when one of them says something new', async () => {
		await tell('observations', [['E1', '2025-03', 120, 'HR']]);
		const [open] = await findDifferences(client.ctx, hr());
		const newest = open?.values.at(-1)?.id ?? 0;
		const choice = { chosenId: newest, seenId: newest, reason: '部门已核对' };
		await reconcileFigure(client.ctx, hr(), choice);
		expect(await findDifferences(client.ctx, hr())).toEqual([]);
		await tell('observations', [['E1', '2025-03', 130, 'ERP']]);
		expect(await loadDifferences(client.ctx.db.read, { subjectId: 'E1' })).toHaveLength(1);
		await expect(
			reconcileFigure(client.ctx, hr(), { ...choice, seenId: newest })
		).rejects.toMatchObject({ code: 'newer_fact' });
	});

	test('that agree, or a source that corrects itself, are no difference', async () => {
		await tell('observations', [['E2', '2025-03', 5, 'ERP']]);
		await tell('observations', [['E2', '2025-03', 6, 'ERP']]);
		await tell('observations', [['E1', '2025-03', 100, 'HR']]);
		expect(await findDifferences(client.ctx, hr())).toEqual([]);
	});
});

describe('facts', () => {
	test('are told as they were known at a moment', async () => {
		await tell('observations', [['E1', '2025-03', 100]]);
		const before = client.clock.now().toISOString();
		await tell('observations', [['E1', '2025-03', 90]]);
		const at = async (knownAt?: string) =>
			(
				await findFacts(client.ctx, hr(), {
					subjectKind: 'employee',
					subjectId: 'E1',
					metric: 'sales',
					period: '2025-Q1',
					...(knownAt === undefined ? {} : { knownAt })
				})
			).observations.filter(({ holds }) => holds);
		expect((await at()).map(({ value }) => value)).toEqual([90]);
		expect((await at(before)).map(({ value }) => value)).toEqual([100]);
	});

	test('of somebody else are as absent as of nobody', async () => {
		const asked = { subjectKind: 'employee', metric: 'sales', period: '2025-03' } as const;
		const self = client.as('employee', { employeeId: 'E2' });
		await expect(findFacts(client.ctx, self, { ...asked, subjectId: 'E1' })).rejects.toMatchObject({
			code: 'not_found'
		});
		await expect(
			findFacts(client.ctx, self, { ...asked, subjectId: 'nobody' })
		).rejects.toMatchObject({ code: 'not_found' });
		expect((await findFacts(client.ctx, self, { ...asked, subjectId: 'E2' })).subject.name).toBe(
			'名E2'
		);
	});
});

describe('a figure', () => {
	const months = Array.from({ length: 12 }, (_, at) => addMonths('2024-03', at));

	test('far from the own history is odd, one short of its target is missed', async () => {
		await tell(
			'observations',
			months.flatMap((month, at) => [
				['E1', month, 100 + (at % 3)] as const,
				['E2', month, 50 + (at % 4)] as const
			])
		);
		await tell('observations', [
			['E1', '2025-03', 20],
			['E2', '2025-03', 51]
		]);
		await tell('targets', [['E2', '2025-03', 60]]);
		const odd = await findOddFigures(client.ctx, hr(), { month: '2025-03' });
		expect(odd.map(({ employeeId, kind }) => [employeeId, kind])).toEqual([
			['E1', 'low'],
			['E2', 'missed']
		]);
		await expect(
			explainFigure(client.ctx, hr(), {
				employeeId: 'E1',
				metric: 'sales',
				month: '2025-03',
				cause: 'weather',
				reason: '客户延期'
			})
		).rejects.toMatchObject({ code: 'cause_unknown' });
		await explainFigure(client.ctx, hr(), {
			employeeId: 'E1',
			metric: 'sales',
			month: '2025-03',
			cause: 'external',
			reason: '客户延期',
			evidence: 'M-12'
		});
		const after = await findOddFigures(client.ctx, hr(), { month: '2025-03' });
		// What was explained goes to the end of the list.
		expect(after.map(({ note }) => note?.cause ?? null)).toEqual([null, 'external']);
	});

	test('that everybody’s season explains is not odd', () => {
		const season = (month: string) => (month.endsWith('-02') ? 0.5 : 1);
		const history = (level: number) =>
			Array.from({ length: 24 }, (_, at) => addMonths('2023-02', at)).map((month, at) => ({
				month,
				value: level * season(month) * (1 + (at % 5) / 100)
			}));
		const histories = Array.from({ length: 12 }, (_, at) => history(100 + at * 10));
		const seasons = seasonsOf(histories);
		expect(seasons.get(2)).toBeCloseTo(0.5, 1);
		const own = histories[0] ?? [];
		const february = bandOf(own, '2025-02', seasons);
		expect(february && february.low < 51 && february.high > 51).toBe(true);
		expect(february && february.high < 90).toBe(true);
	});

	test('band is where the history is, whatever one outlier says (seed 20261123)', () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ min: 90, max: 110, noNaN: true }), { minLength: 8, maxLength: 24 }),
				fc.double({ min: -1e6, max: 1e6, noNaN: true }),
				(values, outlier) => {
					const plain = values.map((value, at) => ({ month: addMonths('2023-01', at), value }));
					const spoiled = [...plain.slice(1), { month: '2025-01', value: outlier }];
					const band = bandOf(spoiled, '2025-02');
					expect(band).not.toBeNull();
					if (!band) return;
					expect(band.low).toBeLessThanOrEqual(median(values.slice(1)) + 20);
					expect(band.high).toBeGreaterThanOrEqual(median(values.slice(1)) - 20);
					expect(band.median).toBeGreaterThanOrEqual(89);
					expect(band.median).toBeLessThanOrEqual(111);
				}
			),
			{ seed: 20261123, numRuns: 300 }
		);
	});

	test('that counts rare events is not odd for being one instead of none', () => {
		const none = Array.from({ length: 12 }, (_, at) => ({
			month: addMonths('2025-01', at),
			value: 0
		}));
		const band = bandOf(none, '2026-01');
		expect(band?.low).toBe(0);
		expect(band && band.high >= 1 && band.high < 5).toBe(true);
	});

	test('of too short a history is not judged', () => {
		const few = Array.from({ length: 5 }, (_, at) => ({
			month: addMonths('2025-01', at),
			value: 1
		}));
		expect(bandOf(few, '2025-06')).toBeNull();
	});
});

describe('coverage', () => {
	test('counts whoever had the metric in another month, and names who is missing', async () => {
		await tell('observations', [
			['E1', '2025-02', 1],
			['E2', '2025-02', 2],
			['E1', '2025-03', 3]
		]);
		const map = await findCoverage(client.ctx, hr(), { to: '2025-03', months: 2 });
		expect(map.rows.map(({ metric, cells }) => [metric, cells])).toEqual([
			[
				'sales',
				[
					{ month: '2025-02', expected: 2, present: 2 },
					{ month: '2025-03', expected: 2, present: 1 }
				]
			]
		]);
		const holes = await findHoles(client.ctx, hr(), {
			to: '2025-03',
			months: 2,
			metric: 'sales',
			month: '2025-03'
		});
		expect(holes.map(({ employeeId }) => employeeId)).toEqual(['E2']);
	});
});

describe('data that arrives after a period was scored', () => {
	test('is listed, and so is what was taken back; what was known is not', async () => {
		await tell('observations', [
			['E1', '2025-03', 1],
			['E2', '2025-03', 2]
		]);
		client.clock.advance(1_000);
		const { ctx } = client;
		await ctx.db.write((tx) =>
			tx.insert(scoringRuns).values({
				id: 'run',
				period: '2025-03',
				versions: [],
				status: 'done',
				createdAt: client.clock.now().toISOString(),
				createdBy: 'test'
			})
		);
		await tell('observations', [['E1', '2025-03', 5]]);
		await ctx.db.write((tx) =>
			tx
				.update(observations)
				.set({ withdrawnAt: client.clock.now().toISOString(), withdrawnBy: 'test' })
				.where(eq(observations.subjectId, 'E2'))
		);
		const late = await findLateFigures(ctx, hr());
		expect(
			late.map(({ subjectId, value, withdrawnAt }) => [subjectId, value, withdrawnAt !== null])
		).toEqual([
			['E2', 2, true],
			['E1', 5, false]
		]);
	});
});
