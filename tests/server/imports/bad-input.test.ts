import { importRows } from '#lib/server/db/client/schema.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { findRejectedRows, getImport } from '#lib/server/imports/get-import.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf, columns, importFile } from './import-files.ts';
import {
	MONTHS,
	MONTHS_MAPPING,
	PEOPLE,
	PEOPLE_MAPPING,
	figures,
	openSalesClient
} from './import-samples.ts';
import type { TestClient } from './test-client.ts';

let client: TestClient;
beforeEach(async () => {
	client = await openSalesClient();
});
afterEach(async () => {
	await client.close();
});

describe('bad input', () => {
	beforeEach(async () => {
		await importFile(client.ctx, client.as('implementer'), 'people', PEOPLE, PEOPLE_MAPPING);
	});

	const BROKEN = `员工,月份,销售额,订单数
E1,2025-01,abc,1
E1,2025-13,5,1
E99,2025-01,5,1
,2025-01,5,1
E2,2025-01,6,1
E2,2025-01,7,1
E3,2025-03,8,1
E3,2025-03,8,1
E3,2025-04,8,500
`;

	it('names line, column, what was expected, what was found and what to do', async () => {
		const actor = client.as('implementer');
		const batch = await stageImport(client.ctx, actor, {
			kind: 'observations',
			fileName: 'm.csv',
			bytes: bytesOf(BROKEN)
		});
		const plan = await planImport(client.ctx, actor, {
			batchId: batch.id,
			mapping: completeMapping(MONTHS_MAPPING)
		});
		expect(plan.rows).toEqual({
			read: 9,
			filtered: 0,
			rejected: 6,
			repeated: 1,
			superseded: 0,
			accepted: 2
		});
		const found = Object.fromEntries(
			plan.findings.toReversed().map(({ code, examples }) => [code, examples[0]])
		);
		expect(Object.keys(found).sort()).toEqual([
			'import_cell_unreadable',
			'import_employee_unknown',
			'import_row_conflict',
			'import_row_repeated',
			'import_value_missing',
			'import_value_questioned'
		]);
		expect(found['import_cell_unreadable']).toMatchObject({
			line: 2,
			at: '/2/销售额',
			details: { found: 'abc' }
		});
		expect(found['import_cell_unreadable']?.message.en).toContain('expected a number');
		expect(found['import_employee_unknown']?.message['zh-CN']).toContain('E99');
		const rejected = await findRejectedRows(client.ctx, actor, { batchId: batch.id });
		expect(rejected.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7]);
		expect(rejected[0]?.problems[0]?.code).toBe('import_cell_unreadable');
	});

	it('rows that were refused stay out only when a person says so; nothing is half written', async () => {
		const actor = client.as('implementer');
		const batch = await stageImport(client.ctx, actor, {
			kind: 'observations',
			fileName: 'm.csv',
			bytes: bytesOf(BROKEN)
		});
		const plan = await planImport(client.ctx, actor, {
			batchId: batch.id,
			mapping: completeMapping(MONTHS_MAPPING)
		});
		const commit = { batchId: batch.id, planHash: plan.planHash };
		await expect(commitImport(client.ctx, actor, commit)).rejects.toMatchObject({
			code: 'import_has_rejects'
		});
		expect(await figures(client.ctx)).toEqual({});
		await commitImport(client.ctx, actor, { ...commit, withoutRejected: true });
		expect(await figures(client.ctx)).toEqual({
			'E3 sales 2025-03': 8,
			'E3 orders 2025-03': 1,
			'E3 sales 2025-04': 8,
			'E3 orders 2025-04': 500
		});
		const rows = await client.ctx.db.read
			.select({ status: importRows.status })
			.from(importRows)
			.where(eq(importRows.batchId, batch.id));
		expect(rows.filter(({ status }) => status === 'rejected')).toHaveLength(6);
	});

	it('a missing column is named together with those the file has', async () => {
		const actor = client.as('implementer');
		const batch = await stageImport(client.ctx, actor, {
			kind: 'observations',
			fileName: 'm.csv',
			bytes: bytesOf('员工,销售额\nE1,5\n')
		});
		const plan = await planImport(client.ctx, actor, {
			batchId: batch.id,
			mapping: completeMapping(MONTHS_MAPPING)
		});
		expect(plan.canCommit).toBe(false);
		const missing = plan.findings.find(({ code }) => code === 'import_column_missing');
		expect(missing?.examples[0]?.message.en).toContain('月份');
		expect(missing?.examples[0]?.message.en).toContain('员工, 销售额');
		await expect(
			commitImport(client.ctx, actor, { batchId: batch.id, planHash: plan.planHash })
		).rejects.toMatchObject({ code: 'import_cannot_commit' });
	});

	it('an unreadable file leaves nothing behind', async () => {
		await expect(
			stageImport(client.ctx, client.as('implementer'), {
				kind: 'people',
				fileName: 'x.csv',
				bytes: bytesOf('a,b\n1,"2\n')
			})
		).rejects.toMatchObject({
			code: 'import_unreadable',
			diagnostics: [{ code: 'import_csv_broken' }]
		});
		expect(await client.ctx.db.read.select().from(importRows)).toHaveLength(3);
	});

	it('an id that a spreadsheet changed gets a hint', async () => {
		const actor = client.as('implementer');
		await importFile(client.ctx, actor, 'people', 'id,name\n276,Linda\n', {
			columns: columns({ id: 'employee', name: 'name' })
		});
		const months = '员工,月份,销售额,订单数\n000276,2025-01,5,1\n276.0,2025-02,5,1\n';
		const batch = await stageImport(client.ctx, actor, {
			kind: 'observations',
			fileName: 'm.csv',
			bytes: bytesOf(months)
		});
		const plan = await planImport(client.ctx, actor, {
			batchId: batch.id,
			mapping: completeMapping(MONTHS_MAPPING)
		});
		expect(plan.findings[0]?.examples[0]?.advice.en).toContain('perhaps 276');
		const loose = completeMapping({
			columns: MONTHS_MAPPING.columns.map((entry) =>
				entry.field === 'employee' ? { ...entry, transform: { loose_id: true } } : entry
			)
		});
		expect(
			(await planImport(client.ctx, actor, { batchId: batch.id, mapping: loose })).rows.accepted
		).toBe(2);
	});

	it('strangers to imports and ids of another client are turned away', async () => {
		const actor = client.as('implementer');
		const batch = await stageImport(client.ctx, actor, {
			kind: 'observations',
			fileName: 'm.csv',
			bytes: bytesOf(MONTHS)
		});
		const mapping = completeMapping(MONTHS_MAPPING);
		await expect(
			planImport(client.ctx, client.as('employee'), { batchId: batch.id, mapping })
		).rejects.toMatchObject({ status: 403 });
		const other = await client.other('globex');
		await expect(
			getImport(other, { ...actor, clientId: 'globex' }, { batchId: batch.id })
		).rejects.toMatchObject({ status: 404 });
	});
});
