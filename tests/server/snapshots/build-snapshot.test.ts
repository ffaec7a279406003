import { expect, test } from 'vitest';
import type { Value } from '#lib/engine/logic/rule.ts';
import { variablesOfRow } from '#lib/engine/table/row.ts';
import { tableOfSnapshot } from '#lib/engine/table/snapshot.ts';
import type { Context } from '#lib/server/context.ts';
import {
	observations,
	parameters,
	parameterValues,
	targets
} from '#lib/server/db/client/schema.ts';
import { savePerson } from '#lib/server/people/save-person.ts';
import { saveUnit } from '#lib/server/people/save-unit.ts';
import { buildSnapshot, type SnapshotRequest } from '#lib/server/snapshots/build-snapshot.ts';
import { takeSnapshot } from '#lib/server/snapshots/take-snapshot.ts';
import { metric, registerMetrics } from '../imports/import-files.ts';
import { actorWith, openStudio } from '../support/studio.ts';

const actor = actorWith('implementer');
const fact = { recordedAt: '2026-01-01T00:00:00.000Z', recordedBy: 'test' };
const text = (word: string) => ({ 'zh-CN': word, en: word });

/** A company with a department of two teams. */
async function openCompany() {
	const studio = await openStudio();
	const ctx = await studio.context();
	await saveUnit(ctx, actor, {
		id: 'company',
		parentId: null,
		name: text('company'),
		kind: 'company'
	});
	await saveUnit(ctx, actor, {
		id: 'sales',
		parentId: 'company',
		name: text('sales'),
		kind: 'department'
	});
	await saveUnit(ctx, actor, { id: 'east', parentId: 'sales', name: text('east'), kind: 'team' });
	await saveUnit(ctx, actor, { id: 'west', parentId: 'sales', name: text('west'), kind: 'team' });
	await registerMetrics(ctx, actor, [metric('sales'), metric('shipments', { grain: 'unit' })]);
	return { studio, ctx };
}

async function hire(
	ctx: Context,
	id: string,
	attributes: Record<string, string | number>,
	validFrom = '2024-01-01'
) {
	await savePerson(ctx, actor, {
		id,
		name: id,
		attributes: { hired_on: validFrom, ...attributes },
		validFrom
	});
}

async function rowsOf(
	ctx: Context,
	request: Partial<SnapshotRequest> = {}
): Promise<Record<string, Map<string, Value>>> {
	const snapshot = await buildSnapshot(ctx.db.read, {
		range: { from: '2025-03', to: '2025-03' },
		length: 'month',
		paths: [],
		...request
	});
	const table = tableOfSnapshot(snapshot);
	const rows: Record<string, Map<string, Value>> = {};
	for (let row = 0; row < table.rows; row += 1) {
		const variables = variablesOfRow(table, row);
		rows[`${String(variables.get('employee.id'))} ${String(variables.get('period.id'))}`] =
			variables;
	}
	return rows;
}

async function tell(
	ctx: Context,
	kind: 'employee' | 'unit',
	subjectId: string,
	name: string,
	value: number,
	period = '2025-03'
) {
	await ctx.db.write((tx) =>
		tx
			.insert(observations)
			.values({ subjectKind: kind, subjectId, metric: name, period, value, ...fact })
	);
}

async function aim(ctx: Context, kind: 'employee' | 'unit', subjectId: string, value: number) {
	await ctx.db.write((tx) =>
		tx
			.insert(targets)
			.values({ subjectKind: kind, subjectId, metric: 'sales', period: '2025-03', value, ...fact })
	);
}

test('attributes are those of the period’s last day', async () => {
	const { ctx } = await openCompany();
	await hire(ctx, 'E1', { unit: 'east', level: 'P4' });
	await savePerson(ctx, actor, { id: 'E1', attributes: { level: 'P5' }, validFrom: '2025-03-31' });
	await savePerson(ctx, actor, { id: 'E1', attributes: { level: 'P6' }, validFrom: '2025-04-01' });
	const rows = await rowsOf(ctx, { range: { from: '2025-02', to: '2025-04' } });
	expect(
		['2025-02', '2025-03', '2025-04'].map((period) => rows[`E1 ${period}`]?.get('employee.level'))
	).toEqual(['P4', 'P5', 'P6']);
	expect(rows['E1 2025-03']?.get('employee.unit_path')).toBe('company/sales/east');
});

test('a leaver is in the month of the last day, with the attributes of that day, and in none after', async () => {
	const { ctx } = await openCompany();
	await hire(ctx, 'E1', { unit: 'east', level: 'P4' });
	await savePerson(ctx, actor, {
		id: 'E1',
		attributes: { status: 'left' },
		validFrom: '2025-03-11'
	});
	await savePerson(ctx, actor, {
		id: 'E1',
		attributes: { level: 'none' },
		validFrom: '2025-03-20'
	});
	await hire(ctx, 'E2', { unit: 'east', left_on: '2025-03-10' });
	const rows = await rowsOf(ctx, { range: { from: '2025-02', to: '2025-04' } });
	expect(Object.keys(rows).sort()).toEqual([
		'E1 2025-02',
		'E1 2025-03',
		'E2 2025-02',
		'E2 2025-03'
	]);
	expect(rows['E1 2025-03']?.get('employee.level')).toBe('P4');
});

test('who joins within the period is in it; tenure counts whole months, a month begun on the 1st included', async () => {
	const { ctx } = await openCompany();
	await hire(ctx, 'first', { unit: 'east' }, '2025-03-01');
	await hire(ctx, 'later', { unit: 'east' }, '2025-03-02');
	await hire(ctx, 'next', { unit: 'east' }, '2025-04-01');
	const rows = await rowsOf(ctx);
	expect(Object.keys(rows)).toEqual(['first 2025-03', 'later 2025-03']);
	expect(rows['first 2025-03']?.get('employee.tenure_months')).toBe(1);
	expect(rows['later 2025-03']?.get('employee.tenure_months')).toBe(0);
});

test('the newest figure not withdrawn counts; zero is a figure, nothing is missing', async () => {
	const { ctx } = await openCompany();
	await hire(ctx, 'E1', { unit: 'east' });
	await hire(ctx, 'E2', { unit: 'east' });
	await tell(ctx, 'employee', 'E1', 'sales', 5);
	await tell(ctx, 'employee', 'E1', 'sales', 0);
	const rows = await rowsOf(ctx, { paths: ['metric.sales'] });
	expect(rows['E1 2025-03']?.get('metric.sales')).toBe(0);
	expect(rows['E2 2025-03']?.get('metric.sales')).toBeNull();
});

test('a person without a target gets the per-head target of the nearest unit upward', async () => {
	const { ctx } = await openCompany();
	await hire(ctx, 'own', { unit: 'east' });
	await hire(ctx, 'team', { unit: 'east' });
	await hire(ctx, 'department', { unit: 'west' });
	await aim(ctx, 'employee', 'own', 70);
	await aim(ctx, 'unit', 'east', 50);
	await aim(ctx, 'unit', 'sales', 40);
	const rows = await rowsOf(ctx, { paths: ['target.sales', 'team.sales.target'] });
	expect(rows['own 2025-03']?.get('target.sales')).toBe(70);
	expect(rows['team 2025-03']?.get('target.sales')).toBe(50);
	expect(rows['department 2025-03']?.get('target.sales')).toBe(40);
	// The team's target is what its people are to reach together.
	expect(rows['own 2025-03']?.get('team.sales.target')).toBe(120);
});

test('team figures come from the nearest unit that has them, else from the people of the unit', async () => {
	const { ctx } = await openCompany();
	await hire(ctx, 'E1', { unit: 'east' });
	await hire(ctx, 'E2', { unit: 'east' });
	await hire(ctx, 'E3', { unit: 'west' });
	await tell(ctx, 'unit', 'sales', 'shipments', 600);
	await tell(ctx, 'unit', 'west', 'shipments', 90);
	await tell(ctx, 'employee', 'E1', 'sales', 1);
	await tell(ctx, 'employee', 'E2', 'sales', 2);
	const rows = await rowsOf(ctx, {
		paths: ['team.shipments.actual', 'team.sales.actual', 'metric.shipments']
	});
	expect(rows['E1 2025-03']?.get('team.shipments.actual')).toBe(600);
	expect(rows['E3 2025-03']?.get('team.shipments.actual')).toBe(90);
	expect(rows['E1 2025-03']?.get('metric.shipments')).toBe(600);
	expect(rows['E1 2025-03']?.get('team.sales.actual')).toBe(3);
	expect(rows['E3 2025-03']?.get('team.sales.actual')).toBeNull();
});

test('a parameter has the value in force at the period’s end, of the nearest unit', async () => {
	const { ctx } = await openCompany();
	await hire(ctx, 'E1', { unit: 'east' });
	await hire(ctx, 'E2', { unit: 'west' });
	await ctx.db.write(async (tx) => {
		await tx
			.insert(parameters)
			.values({ id: 'floor', name: text('floor'), unit: 'money', createdAt: fact.recordedAt });
		for (const [unitId, validFrom, value] of [
			[null, '2025-01', 10],
			[null, '2025-04', 20],
			['east', '2025-03', 15]
		] as const) {
			await tx
				.insert(parameterValues)
				.values({ parameterId: 'floor', unitId, validFrom, value, ...fact });
		}
	});
	const rows = await rowsOf(ctx, {
		paths: ['param.floor'],
		range: { from: '2025-02', to: '2025-04' }
	});
	expect(
		['2025-02', '2025-03', '2025-04'].map((period) => rows[`E2 ${period}`]?.get('param.floor'))
	).toEqual([10, 10, 20]);
	expect(['2025-02', '2025-03'].map((period) => rows[`E1 ${period}`]?.get('param.floor'))).toEqual([
		10, 15
	]);
});

test('a moved unit keeps its old place in the periods before', async () => {
	const { ctx } = await openCompany();
	await hire(ctx, 'E1', { unit: 'east' });
	await saveUnit(ctx, actor, {
		id: 'east',
		parentId: 'company',
		name: text('east'),
		kind: 'team',
		validFrom: '2025-03-15'
	});
	const rows = await rowsOf(ctx, { range: { from: '2025-02', to: '2025-03' } });
	expect(rows['E1 2025-02']?.get('employee.unit_path')).toBe('company/sales/east');
	expect(rows['E1 2025-03']?.get('employee.unit_path')).toBe('company/east');
});

test('history can be asked as it was known on a day', async () => {
	const { ctx } = await openCompany();
	await hire(ctx, 'E1', { unit: 'east' });
	await tell(ctx, 'employee', 'E1', 'sales', 5);
	await ctx.db.write((tx) =>
		tx.insert(observations).values({
			subjectKind: 'employee',
			subjectId: 'E1',
			metric: 'sales',
			period: '2025-03',
			value: 9,
			recordedAt: '2026-07-05T00:00:00.000Z',
			recordedBy: 'test'
		})
	);
	expect((await rowsOf(ctx, { paths: ['metric.sales'] }))['E1 2025-03']?.get('metric.sales')).toBe(
		9
	);
	const then = await rowsOf(ctx, { paths: ['metric.sales'], knownAt: '2026-07-04T00:00:00.000Z' });
	expect(then['E1 2025-03']?.get('metric.sales')).toBe(5);
});

test('the same data has one hash and is built once; a new fact makes another', async () => {
	const { ctx } = await openCompany();
	await hire(ctx, 'E1', { unit: 'east' });
	const request = {
		range: { from: '2025-03', to: '2025-03' },
		length: 'month' as const,
		paths: ['metric.sales']
	};
	const first = await takeSnapshot(ctx, request);
	expect(await takeSnapshot(ctx, request)).toBe(first);
	await tell(ctx, 'employee', 'E1', 'sales', 5);
	const second = await takeSnapshot(ctx, request);
	expect(second.hash).not.toBe(first.hash);
});
