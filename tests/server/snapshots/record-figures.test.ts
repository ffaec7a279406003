/**
 * Metrics that are taken from records. Invariants: a subject without records has no figure (missing
 * is not zero); longer periods and teams are taken over all their records; only months whose
 * records changed are read again; a closed month changes only as a visible correction.
 */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { bulkInsert } from '#lib/server/db/bulk.ts';
import { observations, recordCorrections, scoringRuns } from '#lib/server/db/client/schema.ts';
import { momentOf } from '#lib/server/clock.ts';
import type { Context } from '#lib/server/context.ts';
import { withdrawRecords } from '#lib/server/records/write-records.ts';
import type { RecordChunk } from '#lib/server/snapshots/record-chunks.ts';
import {
	ask,
	define,
	figure,
	foundCompany,
	tell,
	visitMetric,
	VISITS
} from '../records/company.ts';
import { openStudio } from '../support/studio.ts';

const DAY = 86_400_000;

function visit(no: string, who: string, day: string, more: JsonObject = {}): JsonObject {
	return { visit_no: no, salesperson: who, visited_on: day, ...more };
}

const MARCH = [
	visit('1', 'E001', '2025-03-03', { customer: 'A', minutes: 30, outcome: 'order' }),
	visit('2', 'E001', '2025-03-04', { customer: 'A', minutes: 60, outcome: 'none' }),
	visit('3', 'E001', '2025-03-31', { customer: 'B', outcome: 'none' }),
	visit('4', 'E002', '2025-03-05', { customer: 'C', minutes: 10, outcome: 'none' }),
	visit('5', 'E001', '2025-04-01', { customer: 'A', minutes: 90, outcome: 'order' })
];

const ORDERED = { '==': [{ var: 'record.outcome' }, 'order'] };

async function company(definitions: readonly object[], type = VISITS) {
	const studio = await openStudio();
	const ctx = await studio.context();
	await foundCompany(ctx, type);
	await define(ctx, definitions);
	return { ctx, clock: studio.clock };
}

async function taken(from: Record<string, unknown>, extra: Record<string, unknown> = {}) {
	const { ctx } = await company([visitMetric('m', from, extra)]);
	await tell(ctx, 'a', MARCH);
	return (who: string, period: string, length: 'month' | 'quarter' = 'month') =>
		figure(ctx, 'metric.m', who, period, length);
}

describe('what a metric takes', () => {
	test('count, with a condition over the record', async () => {
		const all = await taken({ take: 'count' });
		expect(await all('E001', '2025-03')).toBe(3);
		const ordered = await taken({ take: 'count', where: ORDERED });
		expect(await ordered('E001', '2025-03')).toBe(1);
	});

	test('somebody whose records all miss the condition has 0; somebody without records has none', async () => {
		const ordered = await taken({ take: 'count', where: ORDERED });
		expect(await ordered('E002', '2025-03')).toBe(0);
		expect(await ordered('E003', '2025-03')).toBeNull();
	});

	test('sum and mean leave out records without a value', async () => {
		const sum = await taken({ take: 'sum', column: 'minutes' });
		expect(await sum('E001', '2025-03')).toBe(90);
		const mean = await taken({ take: 'mean', column: 'minutes' }, { aggregation: 'mean' });
		expect(await mean('E001', '2025-03')).toBe(45);
	});

	test('a sum over records none of which has a value is missing, not zero', async () => {
		const sum = await taken({
			take: 'sum',
			column: 'minutes',
			where: { '==': [{ var: 'record.customer' }, 'B'] }
		});
		expect(await sum('E001', '2025-03')).toBeNull();
		expect(await sum('E002', '2025-03')).toBe(0);
	});

	test('distinct customers, the median, and the share of records and of amounts', async () => {
		const distinct = await taken({ take: 'distinct', column: 'customer' });
		expect(await distinct('E001', '2025-03')).toBe(2);
		const median = await taken({ take: 'median', column: 'minutes' }, { aggregation: 'mean' });
		expect(await median('E001', '2025-Q2', 'quarter')).toBe(90);
		expect(await median('E001', '2025-03')).toBe(45);
		const share = await taken({ take: 'share', where: ORDERED }, { aggregation: 'mean' });
		expect(await share('E001', '2025-03')).toBe(1 / 3);
		const amounts = { take: 'share', column: 'minutes', where: ORDERED };
		expect(await (await taken(amounts, { aggregation: 'mean' }))('E001', '2025-03')).toBe(30 / 90);
	});

	test('a mean of a longer period is taken over all its records, never over means', async () => {
		const { ctx } = await company([
			visitMetric('m', { take: 'mean', column: 'minutes' }, { aggregation: 'mean' })
		]);
		await tell(ctx, 'a', [
			visit('1', 'E001', '2025-01-03', { minutes: 10 }),
			visit('2', 'E001', '2025-02-03', { minutes: 20 }),
			visit('3', 'E001', '2025-02-04', { minutes: 60 })
		]);
		expect(await figure(ctx, 'metric.m', 'E001', '2025-Q1', 'quarter')).toBe(30);
	});

	test('days make months, and another date of the record may decide the period', async () => {
		const daily = await taken({ take: 'count' }, { period: 'day', aggregation: 'max' });
		expect(await daily('E001', '2025-03')).toBe(1);
		const { ctx } = await company([
			visitMetric('m', { take: 'count', date: 'followed_on' }),
			visitMetric('v', { take: 'count' })
		]);
		await tell(ctx, 'a', [
			visit('1', 'E001', '2025-03-03', { followed_on: '2025-05-02' }),
			visit('2', 'E001', '2025-03-04')
		]);
		expect(await figure(ctx, 'metric.m', 'E001', '2025-05')).toBe(1);
		expect(await figure(ctx, 'metric.m', 'E001', '2025-03')).toBeNull();
		expect(await figure(ctx, 'metric.v', 'E001', '2025-03')).toBe(2);
	});

	test('a metric of units counts the records of its people, and those above count them too', async () => {
		const { ctx } = await company([
			visitMetric('team_visits', { take: 'count' }, { grain: 'unit' }),
			visitMetric('visits', { take: 'count' })
		]);
		await tell(ctx, 'a', [...MARCH, visit('9', 'E003', '2025-03-09')]);
		const cells = await ask(ctx, '2025-03', 'month', [
			'metric.team_visits',
			'team.visits.actual',
			'metric.visits'
		]);
		expect(cells['E002']).toEqual({
			'metric.team_visits': 4,
			'team.visits.actual': 4,
			'metric.visits': 1
		});
		expect(cells['E004']).toMatchObject({ 'metric.team_visits': 1, 'metric.visits': null });
	});

	test('a figure that was told stands only where there are no records', async () => {
		const { ctx } = await company([visitMetric('m', { take: 'count' })]);
		await tell(ctx, 'a', MARCH);
		const told = (subjectId: string, period: string, value: number) => ({
			subjectKind: 'employee' as const,
			subjectId,
			metric: 'm',
			period,
			value,
			recordedAt: momentOf(ctx.clock),
			recordedBy: 'x'
		});
		await ctx.db.write((tx) =>
			bulkInsert(tx, observations, [
				told('E001', '2025-03', 99),
				told('E001', '2025-02', 7),
				told('E003', '2025-03', 5)
			])
		);
		expect(await figure(ctx, 'metric.m', 'E001', '2025-03')).toBe(3);
		expect(await figure(ctx, 'metric.m', 'E003', '2025-03')).toBe(5);
		expect(await figure(ctx, 'metric.m', 'E001', '2025-Q1', 'quarter')).toBe(10);
	});
});

describe('the snapshot takes anew only what changed', () => {
	test('a new record has its own month read again and no other', async () => {
		const { ctx } = await company([
			visitMetric('m', { take: 'sum', column: 'minutes' }),
			visitMetric('n', { take: 'count', where: ORDERED })
		]);
		const rows: JsonObject[] = [];
		for (let month = 1; month <= 12; month += 1) {
			const name = `2025-${String(month).padStart(2, '0')}`;
			for (let at = 0; at < 20; at += 1) {
				rows.push(visit(`${name}-${at}`, `E00${(at % 4) + 1}`, `${name}-10`, { minutes: at }));
			}
		}
		await tell(ctx, 'a', rows);
		const kept = new Map<string, RecordChunk>();
		const build = async () => {
			const built: string[] = [];
			const keep = (chunks: readonly RecordChunk[]) => {
				for (const chunk of chunks) {
					kept.set(chunk.key, chunk);
					built.push(chunk.key);
				}
			};
			const cells = await ask(ctx, '2025', 'year', ['metric.m', 'metric.n'], { kept, keep });
			return { built, sum: cells['E001']?.['metric.m'] };
		};
		const first = await build();
		expect(first.built).toHaveLength(24);
		expect((await build()).built).toHaveLength(0);
		await tell(ctx, 'b', [visit('x', 'E001', '2025-07-11', { minutes: 1000 })]);
		const third = await build();
		expect(third.built).toHaveLength(2);
		expect(third.built.every((key) => key.includes('|2025-07|'))).toBe(true);
		expect(third.sum).toBe(Number(first.sum) + 1000);
		await ctx.db.write((tx) =>
			withdrawRecords(tx, 'b', { withdrawnAt: momentOf(ctx.clock), withdrawnBy: 'x' })
		);
		expect((await build()).sum).toBe(first.sum);
	});
});

async function score(ctx: Context, period: string): Promise<void> {
	await ctx.db.write((tx) =>
		tx.insert(scoringRuns).values({
			id: `run-${period}`,
			period,
			versions: [],
			status: 'done',
			createdAt: momentOf(ctx.clock),
			createdBy: 'x'
		})
	);
}

describe('closed periods', () => {
	test('a record that comes after a month was scored changes nothing until it is accepted', async () => {
		const { ctx, clock } = await company([visitMetric('m', { take: 'count' })]);
		await tell(ctx, 'a', MARCH);
		clock.advance(DAY);
		await score(ctx, '2025-03');
		clock.advance(DAY);
		await tell(ctx, 'b', [visit('late', 'E001', '2025-03-20'), visit('new', 'E001', '2025-05-02')]);
		expect(await figure(ctx, 'metric.m', 'E001', '2025-03')).toBe(3);
		expect(await figure(ctx, 'metric.m', 'E001', '2025-05')).toBe(1);
		expect(await figure(ctx, 'metric.m', 'E001', '2025-Q1', 'quarter')).toBe(3);
		const knownAt = momentOf(ctx.clock);
		await ctx.db.write((tx) =>
			tx.insert(recordCorrections).values({
				id: 'c1',
				type: 'visit',
				month: '2025-03',
				knownBefore: knownAt,
				knownAt,
				reason: 'late',
				figures: 1,
				recordedAt: knownAt,
				recordedBy: 'x'
			})
		);
		expect(await figure(ctx, 'metric.m', 'E001', '2025-03')).toBe(4);
	});

	test('the records of a closed month that are withdrawn later still count in it', async () => {
		const { ctx, clock } = await company([visitMetric('m', { take: 'count' })]);
		await tell(ctx, 'a', MARCH);
		clock.advance(DAY);
		await score(ctx, '2025-03');
		clock.advance(DAY);
		const withdrawn = { withdrawnAt: momentOf(ctx.clock), withdrawnBy: 'x' };
		await ctx.db.write((tx) => withdrawRecords(tx, 'a', withdrawn));
		expect(await figure(ctx, 'metric.m', 'E001', '2025-03')).toBe(3);
		expect(await figure(ctx, 'metric.m', 'E001', '2025-04')).toBeNull();
	});

	test('inside the correction window late records change an open month; after it they wait', async () => {
		const { ctx, clock } = await company([visitMetric('m', { take: 'count' })], {
			...VISITS,
			correction_days: 10
		});
		// The clock stands in January 2026: December 2025 is open until the 10th of January.
		clock.advance(-10 * DAY);
		await tell(ctx, 'a', [visit('1', 'E001', '2025-12-05')]);
		clock.advance(4 * DAY);
		await tell(ctx, 'b', [visit('2', 'E001', '2025-12-06')]);
		expect(await figure(ctx, 'metric.m', 'E001', '2025-12')).toBe(2);
		clock.advance(6 * DAY);
		await tell(ctx, 'c', [visit('3', 'E001', '2025-12-07'), visit('4', 'E001', '2026-01-07')]);
		expect(await figure(ctx, 'metric.m', 'E001', '2025-12')).toBe(2);
		expect(await figure(ctx, 'metric.m', 'E001', '2026-01')).toBe(1);
	});

	test('the first load of a history corrects nothing, however old it is', async () => {
		const { ctx, clock } = await company([visitMetric('m', { take: 'count' })], {
			...VISITS,
			correction_days: 0
		});
		await score(ctx, '2024-11');
		clock.advance(DAY);
		await tell(ctx, 'a', [visit('1', 'E001', '2024-11-05')]);
		expect(await figure(ctx, 'metric.m', 'E001', '2024-11')).toBe(1);
	});

	test('as known at a moment, later records and later closings do not exist', async () => {
		const { ctx, clock } = await company([visitMetric('m', { take: 'count' })]);
		await tell(ctx, 'a', MARCH);
		const then = momentOf(ctx.clock);
		clock.advance(DAY);
		await tell(ctx, 'b', [visit('late', 'E001', '2025-03-20')]);
		const cells = await ask(ctx, '2025-03', 'month', ['metric.m'], { knownAt: then });
		expect(cells['E001']?.['metric.m']).toBe(3);
		expect(await figure(ctx, 'metric.m', 'E001', '2025-03')).toBe(4);
	});
});
