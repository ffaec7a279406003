/**
 * Invariant: the current record of a key is the newest that was not withdrawn, and withdrawing a
 * batch gives back, row for row, what was current before it.
 */
import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { recordMonths, records } from '#lib/server/db/client/schema.ts';
import type { Context } from '#lib/server/context.ts';
import { momentOf } from '#lib/server/clock.ts';
import {
	isCurrentRecord,
	withdrawRecords,
	writeRecords,
	type RecordRow
} from '#lib/server/records/write-records.ts';
import { openStudio } from '../support/studio.ts';

function visit(key: string, date: string, data: Record<string, string | number> = {}): RecordRow {
	return {
		key,
		subjectKind: 'employee',
		subjectId: 'E001',
		date,
		data: { visit_no: key, visited_on: date, ...data },
		line: 2,
		source: null,
		evidence: null
	};
}

async function write(ctx: Context, batchId: string, rows: readonly RecordRow[]) {
	const batch = { type: 'visit', batchId, recordedAt: momentOf(ctx.clock), recordedBy: 'imp' };
	return ctx.db.write((tx) => writeRecords(tx, batch, rows));
}

async function current(ctx: Context) {
	return ctx.db.read
		.select({ key: records.key, date: records.date, data: records.data, line: records.line })
		.from(records)
		.where(and(eq(records.type, 'visit'), isCurrentRecord()))
		.orderBy(records.key);
}

async function revision(ctx: Context, month: string): Promise<number> {
	const [row] = await ctx.db.read
		.select({ revision: recordMonths.revision })
		.from(recordMonths)
		.where(and(eq(recordMonths.type, 'visit'), eq(recordMonths.month, month)));
	return row?.revision ?? 0;
}

const withdrawn = { withdrawnAt: '2026-02-01T00:00:00.000Z', withdrawnBy: 'imp' };

describe('records', () => {
	test('a row that says what is known already changes nothing', async () => {
		const ctx = await (await openStudio()).context();
		await write(ctx, 'a', [visit('V1', '2025-03-01', { amount: 12.5 })]);
		const again = await write(ctx, 'b', [visit('V1', '2025-03-01', { amount: 12.5 })]);
		expect(again).toMatchObject({ added: [], changed: [], unchanged: 1 });
		expect(await ctx.db.read.select().from(records)).toHaveLength(1);
	});

	test('a key that says something else replaces the record, and the fact before stays', async () => {
		const ctx = await (await openStudio()).context();
		await write(ctx, 'a', [visit('V1', '2025-03-01'), visit('V2', '2025-03-02')]);
		const second = await write(ctx, 'b', [visit('V1', '2025-04-01'), visit('V3', '2025-04-02')]);
		expect([second.added.length, second.changed.length, second.unchanged]).toEqual([1, 1, 0]);
		expect((await current(ctx)).map(({ key, date }) => [key, date])).toEqual([
			['V1', '2025-04-01'],
			['V2', '2025-03-02'],
			['V3', '2025-04-02']
		]);
		expect(await ctx.db.read.select().from(records)).toHaveLength(4);
	});

	test('withdrawing a batch restores what was current before, row for row', async () => {
		const ctx = await (await openStudio()).context();
		await write(ctx, 'a', [visit('V1', '2025-03-01', { amount: 1 }), visit('V2', '2025-03-02')]);
		const before = await current(ctx);
		await write(ctx, 'b', [visit('V1', '2025-03-01', { amount: 2 }), visit('V3', '2025-03-03')]);
		expect(await current(ctx)).not.toEqual(before);
		await ctx.db.write((tx) => withdrawRecords(tx, 'b', withdrawn));
		expect(await current(ctx)).toEqual(before);
	});

	test('of two rows of one file with the same key the last counts', async () => {
		const ctx = await (await openStudio()).context();
		const done = await write(ctx, 'a', [
			visit('V1', '2025-03-01', { amount: 1 }),
			visit('V1', '2025-03-01', { amount: 2 })
		]);
		expect(done).toMatchObject({ repeated: 1 });
		expect(await current(ctx)).toMatchObject([{ data: { amount: 2 } }]);
	});

	test('a record that moves to another month counts as a change of both months', async () => {
		const ctx = await (await openStudio()).context();
		await write(ctx, 'a', [visit('V1', '2025-03-01')]);
		const march = await revision(ctx, '2025-03');
		await write(ctx, 'b', [visit('V1', '2025-05-01')]);
		expect(await revision(ctx, '2025-03')).toBeGreaterThan(march);
		const moved = [await revision(ctx, '2025-03'), await revision(ctx, '2025-05')];
		await ctx.db.write((tx) => withdrawRecords(tx, 'b', withdrawn));
		expect(await revision(ctx, '2025-03')).toBeGreaterThan(moved[0] ?? 0);
		expect(await revision(ctx, '2025-05')).toBeGreaterThan(moved[1] ?? 0);
	});

	test('what was known at a moment stays so, whatever comes later', async () => {
		const studio = await openStudio();
		const ctx = await studio.context();
		await write(ctx, 'a', [visit('V1', '2025-03-01', { amount: 1 })]);
		const then = momentOf(ctx.clock);
		studio.clock.advance(60_000);
		await write(ctx, 'b', [visit('V1', '2025-03-01', { amount: 2 }), visit('V2', '2025-03-02')]);
		const known = await ctx.db.read
			.select({ data: records.data })
			.from(records)
			.where(isCurrentRecord(then));
		expect(known).toMatchObject([{ data: { amount: 1 } }]);
	});
});
