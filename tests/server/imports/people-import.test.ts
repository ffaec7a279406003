import { completeMapping } from '#lib/server/imports/batches.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { loadPeople } from '#lib/server/people/history.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf, columns, importFile } from './import-files.ts';
import { PEOPLE, PEOPLE_MAPPING, openSalesClient } from './import-samples.ts';
import type { TestClient } from './test-client.ts';

let client: TestClient;
beforeEach(async () => {
	client = await openSalesClient();
});
afterEach(async () => {
	await client.close();
});

describe('an import of people', () => {
	it('puts people, dated attributes and new units on the roll', async () => {
		const { plan, done } = await importFile(
			client.ctx,
			client.as('implementer'),
			'people',
			PEOPLE,
			PEOPLE_MAPPING
		);
		expect(plan.people).toEqual({ new: 3, changed: 0, unchanged: 0 });
		expect(plan.unitsCreated).toEqual(['运营部', '销售部']);
		expect(done.peopleAdded).toBe(3);
		const people = await loadPeople(client.ctx.db.read);
		expect(people.all.get('E1')?.name).toBe('王一');
		expect(people.valueOn('E2', 'hired_on', '2024-01-01')).toBe('2023-06-15');
		expect(people.valueOn('E1', 'unit', '2024-01-01')).toBe(
			people.valueOn('E2', 'unit', '2024-01-01')
		);
		expect(people.valueOn('E1', 'national_id', '2024-01-01')).toBe('0001');
		expect(people.lastEmployedDay('E3', '2024-01-01', '2024-01-31')).toBeNull();
	});

	it('takes names from a second file by a key that both files have', async () => {
		const actor = client.as('implementer');
		await importFile(client.ctx, actor, 'people', 'id,nid\n7,0007\n8,0008\n', {
			columns: [
				{ field: 'employee', columns: ['id'] },
				{ field: 'attribute.national_id', columns: ['nid'] }
			]
		});
		const { plan } = await importFile(
			client.ctx,
			actor,
			'people',
			'key,first,last,state\n0007,Ada,Lovelace,Current\n0007,Ada,Byron,\n0008,Alan,Turing,Current\n',
			{
				columns: [
					{ field: 'attribute.national_id', columns: ['key'] },
					{ field: 'name', columns: ['first', 'last'] }
				],
				match_on: 'national_id',
				where: [{ column: 'state', values: ['Current'] }]
			}
		);
		expect(plan.rows).toMatchObject({ read: 3, filtered: 1, accepted: 2 });
		const people = await loadPeople(client.ctx.db.read);
		expect([...people.all.values()].map(({ name }) => name)).toEqual([
			'Ada Lovelace',
			'Alan Turing'
		]);
	});

	it('a changed attribute holds from the day that is given, and history keeps the old one', async () => {
		const actor = client.as('implementer');
		await importFile(client.ctx, actor, 'people', PEOPLE, PEOPLE_MAPPING);
		const { plan } = await importFile(client.ctx, actor, 'people', 'id,unit\nE1,运营部\n', {
			columns: columns({ id: 'employee', unit: 'attribute.unit' }),
			valid_from: '2025-07-01'
		});
		expect(plan.facts).toEqual({ new: 0, changed: 1, unchanged: 0 });
		const people = await loadPeople(client.ctx.db.read);
		expect(people.valueOn('E1', 'unit', '2025-06-30')).not.toBe(
			people.valueOn('E1', 'unit', '2025-07-01')
		);
	});

	it('an attribute of the client’s own is text, so that codes keep their zeros, unless told otherwise', async () => {
		const actor = client.as('implementer');
		await importFile(client.ctx, actor, 'people', 'id,code,seats,remote\nE1,007,3,是\n', {
			columns: [
				...columns({ id: 'employee', code: 'attribute.cost_centre' }),
				{ field: 'attribute.seats', columns: ['seats'], transform: { type: 'number' } },
				{ field: 'attribute.remote', columns: ['remote'], transform: { type: 'boolean' } }
			]
		});
		const people = await loadPeople(client.ctx.db.read);
		expect(Object.fromEntries(people.attributesOn('E1', '2026-01-01'))).toMatchObject({
			cost_centre: '007',
			seats: 3,
			remote: true
		});
	});

	it('an unknown unit is refused unless units may be created', async () => {
		const actor = client.as('implementer');
		const batch = await stageImport(client.ctx, actor, {
			kind: 'people',
			fileName: 'p.csv',
			bytes: bytesOf(PEOPLE)
		});
		const plan = await planImport(client.ctx, actor, {
			batchId: batch.id,
			mapping: completeMapping({ ...PEOPLE_MAPPING, create_units: false })
		});
		expect(plan.canCommit).toBe(false);
		expect(plan.findings[0]).toMatchObject({
			code: 'import_unit_unknown',
			column: '部门',
			rows: 3
		});
	});
});
