// Figures entered by hand: by whoever was asked, all or none, and never over somebody else's.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { users, clients, memberships } from '#lib/server/db/control/schema.ts';
import { assignEntry, endAssignment } from '#lib/server/entry/assignments.ts';
import { enterFigures } from '#lib/server/entry/enter-figures.ts';
import { findEntries } from '#lib/server/entry/find-entries.ts';
import { getEntrySheet } from '#lib/server/entry/sheet.ts';
import { receiveRows } from '#lib/server/imports/receive-rows.ts';
import { openSalesClient } from '../imports/import-samples.ts';
import type { TestClient } from '../imports/test-client.ts';

let client: TestClient;
const clerk = () => client.as('department_head', { userId: 'clerk', unitId: null });
const hr = () => client.as('hr_designer');

beforeEach(async () => {
	client = await openSalesClient();
	const { ctx } = client;
	const at = client.clock.now().toISOString();
	await ctx.control.write(async (tx) => {
		await tx
			.insert(clients)
			.values({ id: 'acme', name: { 'zh-CN': '甲', en: 'A' }, createdAt: at, createdBy: 'test' });
		for (const id of ['clerk', 'other']) {
			await tx.insert(users).values({
				id,
				account: id,
				name: id,
				passwordHash: '-',
				locale: 'zh-CN',
				createdAt: at,
				passwordChangedAt: at
			});
			await tx.insert(memberships).values({
				userId: id,
				clientId: 'acme',
				roles: ['department_head'],
				createdAt: at,
				createdBy: 'test'
			});
		}
	});
	await receiveRows(ctx, client.as('implementer'), {
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

async function assigned(): Promise<string> {
	const { id } = await assignEntry(client.ctx, hr(), {
		metric: 'orders',
		unitId: null,
		userId: 'clerk',
		dueWorkingDay: 3
	});
	return id;
}
const figure = (employeeId: string, value: number | null, seenFactId: number | null = null) => ({
	employeeId,
	value,
	raw: String(value),
	evidence: null,
	seenFactId
});

describe('a sheet', () => {
	test('asks for everybody of the month, shows what was before, and says when it is due', async () => {
		const id = await assigned();
		await receiveRows(client.ctx, client.as('implementer'), {
			kind: 'observations',
			rows: [{ employee: 'E1', metric: 'orders', period: '2025-11', value: 7 }],
			allOrNothing: true
		});
		const sheet = await getEntrySheet(client.ctx, clerk(), { assignmentId: id, month: '2025-12' });
		expect(sheet.rows.map(({ employeeId }) => employeeId)).toEqual(['E1', 'E2', 'E3']);
		expect(sheet.rows[0]?.before.at(-1)).toBe(7);
		// The third working day of January 2026, a Monday-to-Friday week without named days.
		expect(sheet.due).toBe('2026-01-05');
		expect(sheet.missing).toBe(3);
	});

	test('is recorded all or none, and counts as entered for those who wait', async () => {
		const id = await assigned();
		const enter = (figures: ReturnType<typeof figure>[], checked = false) =>
			enterFigures(client.ctx, clerk(), { assignmentId: id, month: '2025-12', figures, checked });
		await expect(enter([figure('E1', 5), figure('E2', 500)])).rejects.toMatchObject({
			code: 'outside_range'
		});
		const waiting = async () => (await findEntries(client.ctx, hr(), { month: '2025-12' }))[0];
		expect(await waiting()).toMatchObject({ asked: 3, entered: 0, state: 'overdue' });
		expect(await enter([figure('E1', 5), figure('E2', 500)], true)).toEqual({ recorded: 2 });
		expect(await waiting()).toMatchObject({ asked: 3, entered: 2, userName: 'clerk' });
		const sheet = await getEntrySheet(client.ctx, clerk(), { assignmentId: id, month: '2025-12' });
		const seen = sheet.rows[0]?.factId ?? null;
		// The same again is no news.
		expect(await enter([figure('E1', 5, seen)])).toEqual({ recorded: 0 });
		expect(await enter([figure('E1', null, seen), figure('E3', 0)])).toEqual({ recorded: 2 });
		expect(await waiting()).toMatchObject({ entered: 2 });
	});

	test('never writes over a figure that came meanwhile', async () => {
		const id = await assigned();
		await receiveRows(client.ctx, client.as('implementer'), {
			kind: 'observations',
			rows: [{ employee: 'E1', metric: 'orders', period: '2025-12', value: 9 }],
			allOrNothing: true
		});
		await expect(
			enterFigures(client.ctx, clerk(), {
				assignmentId: id,
				month: '2025-12',
				figures: [figure('E1', 5)],
				checked: false
			})
		).rejects.toMatchObject({ code: 'changed_meanwhile' });
	});

	test('is only for whoever was asked, and for those who may read all', async () => {
		const id = await assigned();
		const other = client.as('department_head', { userId: 'other' });
		const ask = { assignmentId: id, month: '2025-12' };
		await expect(getEntrySheet(client.ctx, other, ask)).rejects.toMatchObject({
			code: 'not_found'
		});
		expect((await getEntrySheet(client.ctx, hr(), ask)).mayEnter).toBe(false);
		await expect(
			enterFigures(client.ctx, hr(), { ...ask, figures: [figure('E1', 1)], checked: false })
		).rejects.toMatchObject({ code: 'not_allowed' });
		await endAssignment(client.ctx, hr(), { id });
		await expect(getEntrySheet(client.ctx, clerk(), ask)).rejects.toMatchObject({
			code: 'not_found'
		});
	});

	test('of a computed metric, a stranger or twice the same is not assigned', async () => {
		await assigned();
		await expect(assigned()).rejects.toMatchObject({ code: 'assigned_already' });
		const ask = { metric: 'orders', unitId: null, userId: 'nobody', dueWorkingDay: 3 };
		await expect(assignEntry(client.ctx, hr(), ask)).rejects.toMatchObject({
			code: 'person_unknown'
		});
		await expect(
			assignEntry(client.ctx, hr(), { ...ask, userId: 'clerk', metric: 'nothing' })
		).rejects.toMatchObject({ code: 'metric_not_entered' });
	});
});
