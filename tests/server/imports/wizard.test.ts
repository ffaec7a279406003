/** The steps of a person between upload and commit: reading another way, repairs, presets, rejects. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csvText } from '#lib/ui/csv.ts';
import { importBatches, importFiles, importRows } from '#lib/server/db/client/schema.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { applyRepair } from '#lib/server/imports/apply-repair.ts';
import { cancelImport } from '#lib/server/imports/cancel-import.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { findRejectedTable, getImport } from '#lib/server/imports/get-import.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { savePreset } from '#lib/server/imports/save-preset.ts';
import { beginImport, rereadImport, stageImport } from '#lib/server/imports/stage-import.ts';
import iconv from 'iconv-lite';
import { bytesOf, columns, importFile, type MappingInput } from './import-files.ts';
import {
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
	await importFile(client.ctx, client.as('implementer'), 'people', PEOPLE, PEOPLE_MAPPING);
});
afterEach(async () => {
	await client.close();
});

async function stage(content: string | Uint8Array, fileName = 'm.csv') {
	const bytes = typeof content === 'string' ? bytesOf(content) : content;
	return stageImport(client.ctx, client.as('implementer'), {
		kind: 'observations',
		fileName,
		bytes
	});
}
const plan = (batchId: string, mapping: MappingInput) =>
	planImport(client.ctx, client.as('implementer'), { batchId, mapping: completeMapping(mapping) });

describe('how a file was read', () => {
	it('is told with confidence and reasons, and shown as it stands', async () => {
		const { reading } = await stage('月报,,\n\n员工,月份,销售额\nE1,2025-01,5\n合计,,5\n');
		expect(reading?.detections.map(({ what, value, chosen }) => [what, value, chosen])).toEqual([
			['encoding', 'utf-8', false],
			['delimiter', ',', false],
			['header', '3', false],
			['shape', 'long', false]
		]);
		for (const { confidence, reasons } of reading?.detections ?? []) {
			expect(confidence).toBeGreaterThan(0.5);
			expect(reasons.length).toBeGreaterThan(0);
		}
		expect(reading?.firstLines[0]).toEqual({ line: 1, cells: ['月报', '', ''] });
		expect(reading?.skipped.map(({ reason, rows }) => [reason, rows])).toEqual([
			['before_header', 2],
			['total', 1]
		]);
	});

	it('can be changed in every respect, and the rows of before are gone', async () => {
		const batch = await stage('x\n员工;月份;1月;2月\nE1;a;5;6\n');
		const again = await rereadImport(client.ctx, client.as('implementer'), {
			batchId: batch.id,
			read: { delimiter: ';', headerLine: 2, shape: 'wide', year: 2024 }
		});
		expect(again.header).toEqual(['员工', '月份', '期间 / Period', '数值 / Value']);
		expect(again.preview).toEqual([
			['E1', 'a', '2024-01', '5'],
			['E1', 'a', '2024-02', '6']
		]);
		expect(
			again.reading?.detections.every(({ what, chosen }) => what === 'encoding' || chosen)
		).toBe(true);
		expect(await client.ctx.db.read.select().from(importRows)).toHaveLength(3 + 1);
	});

	it('can be changed with the dry run', async () => {
		const text = iconv.encode('员工,月份,销售额\nE1,2025-01,5\n', 'gbk');
		const batch = await stage(text);
		const planned = await planImport(client.ctx, client.as('implementer'), {
			batchId: batch.id,
			read: { encoding: 'gb18030' },
			mapping: completeMapping({
				columns: columns({ 员工: 'employee', 月份: 'period', 销售额: 'metric.sales' })
			})
		});
		expect(planned.facts.new).toBe(1);
	});

	it('cannot be changed any more once the import was committed; its bytes are gone by then', async () => {
		const batch = await stage('员工,月份,销售额,订单数\nE1,2025-01,5,1\n');
		const planned = await plan(batch.id, MONTHS_MAPPING);
		const actor = client.as('implementer');
		await commitImport(client.ctx, actor, { batchId: batch.id, planHash: planned.planHash });
		await expect(
			rereadImport(client.ctx, actor, { batchId: batch.id, read: { year: 2020 } })
		).rejects.toMatchObject({ code: 'import_not_open' });
		expect(await client.ctx.db.read.select().from(importFiles)).toEqual([]);
	});
});

describe('repairs of all rows at once', () => {
	const BROKEN = '员工,月份,销售额,订单数\nE1,2025-01,待定,1\nE7,2025-01,5,2\nE2,2025-01,待定,3\n';

	it('are offered by group, applied, and kept with the batch', async () => {
		const batch = await stage(BROKEN);
		const strict = await plan(batch.id, MONTHS_MAPPING);
		expect(strict.rows.rejected).toBe(3);
		const unreadable = strict.findings.find(({ code }) => code === 'import_cell_unreadable');
		expect(unreadable?.values).toEqual([{ value: '待定', rows: 2 }]);
		const offered = unreadable?.repairs[0]?.apply.repairs;
		expect(offered).toEqual([{ kind: 'replace', field: 'metric.sales', from: '待定', to: null }]);
		const repairs: MappingInput['repairs'] = [
			{ kind: 'replace', field: 'metric.sales', from: '待定', to: null },
			{ kind: 'replace', field: 'employee', from: 'E7', to: 'E3' }
		];
		const mended = await plan(batch.id, { ...MONTHS_MAPPING, repairs });
		expect(mended.rows).toMatchObject({ accepted: 3, rejected: 0 });
		const kept = await getImport(client.ctx, client.as('implementer'), { batchId: batch.id });
		expect(kept.mapping?.repairs).toEqual(repairs);
		await commitImport(client.ctx, client.as('implementer'), {
			batchId: batch.id,
			planHash: mended.planHash
		});
		expect(await figures(client.ctx)).toEqual({
			'E1 orders 2025-01': 1,
			'E3 sales 2025-01': 5,
			'E3 orders 2025-01': 2,
			'E2 orders 2025-01': 3
		});
	});

	it('an offer is applied by its group, and refused where it is not offered any more', async () => {
		const actor = client.as('implementer');
		const batch = await stage(BROKEN);
		await plan(batch.id, MONTHS_MAPPING);
		const offer = { batchId: batch.id, code: 'import_cell_unreadable', column: '销售额', offer: 0 };
		const mended = await applyRepair(client.ctx, actor, offer);
		expect(mended.rows).toMatchObject({ accepted: 2, rejected: 1 });
		await expect(applyRepair(client.ctx, actor, offer)).rejects.toMatchObject({
			code: 'import_plan_stale'
		});
		const all = await applyRepair(client.ctx, actor, {
			batchId: batch.id,
			repairs: [{ kind: 'replace', field: 'employee', from: 'E7', to: 'E3' }]
		});
		expect(all.rows).toMatchObject({ accepted: 3, rejected: 0 });
	});

	it('leave rows out only knowingly, and pad ids by a rule that is seen', async () => {
		await importFile(client.ctx, client.as('implementer'), 'people', 'id,name\n000275,甲\n', {
			columns: columns({ id: 'employee', name: 'name' })
		});
		const batch = await stage('员工,月份,销售额,订单数\n275,2025-01,5,1\nX9,2025-01,5,1\n');
		const strict = await plan(batch.id, MONTHS_MAPPING);
		expect(strict.rows).toMatchObject({ accepted: 0, rejected: 2 });
		const unknown = strict.findings.find(({ code }) => code === 'import_employee_unknown');
		expect(unknown?.repairs.map(({ apply }) => apply)).toContainEqual({
			repairs: [{ kind: 'notation', field: 'employee', set: { pad: 6 } }]
		});
		const mended = await plan(batch.id, {
			columns: MONTHS_MAPPING.columns.map((column) =>
				column.field === 'employee' ? { ...column, transform: { pad: 6 } } : column
			),
			repairs: [{ kind: 'drop', field: 'employee', value: 'X9' }]
		});
		expect(mended.rows).toMatchObject({ accepted: 1, rejected: 0, filtered: 1 });
	});
});

describe('refused rows', () => {
	it('come as a table with reasons, neutralised, and go up again with the same mapping', async () => {
		const actor = client.as('implementer');
		const batch = await stage(
			'员工,月份,销售额,订单数\nE1,2025-01,=1+1,1\nE2,2025-01,-5,2\nE9,2025-01,7,3\n'
		);
		await plan(batch.id, MONTHS_MAPPING);
		const table = await findRejectedTable(client.ctx, actor, {
			batchId: batch.id,
			locale: 'zh-CN'
		});
		expect(table.header).toEqual(['员工', '月份', '销售额', '订单数', '原文件行', '未导入的原因']);
		const text = csvText(table.header, table.rows);
		expect(text.startsWith('\ufeff')).toBe(true);
		expect(text).toContain("'=1+1");
		expect(text).not.toMatch(/(^|,)"?[=+@]/m);
		const again = await stage(text.replace("'=1+1", '2').replace('E9', 'E3'));
		const mended = await plan(again.id, MONTHS_MAPPING);
		expect(mended.rows).toMatchObject({ accepted: 2, rejected: 0 });
	});
});

describe('a saved mapping', () => {
	it('comes back whole for a file with its columns: joins, transforms, conditions and repairs', async () => {
		const mapping: MappingInput = {
			columns: [
				...columns({ A: 'employee', B: 'period' }),
				{ field: 'metric.sales', columns: ['C'], transform: { scale: 'ten_thousand' } }
			],
			where: [{ column: 'D', values: ['yes'] }],
			repairs: [{ kind: 'conflicts', keep: 'last' }]
		};
		const { batch } = await importFile(
			client.ctx,
			client.as('implementer'),
			'observations',
			'A,B,C,D\nE1,2025-01,5,yes\nE2,2025-01,5,no\n',
			mapping
		);
		await savePreset(client.ctx, client.as('implementer'), {
			batchId: batch.id,
			id: 'crm',
			name: { 'zh-CN': '客户系统', en: 'CRM' }
		});
		const next = await stage('A,B,C,D\nE1,2025-02,6,yes\n');
		expect(next.presets).toMatchObject([
			{ id: 'crm', matched: 3, mapping: completeMapping(mapping) }
		]);
		const other = await stage('A,B,X\nE1,2025-02,6\n');
		expect(other.presets).toEqual([]);
	});
});

describe('work that runs', () => {
	it('is answered early when it takes long, told of, and can be stopped; nothing is left', async () => {
		const actor = client.as('implementer');
		await expect(
			cancelImport(client.ctx, actor, { batchId: (await stage('a,b\n1,2\n')).id })
		).rejects.toMatchObject({ code: 'import_nothing_runs' });
		const small = await beginImport(client.ctx, actor, {
			kind: 'observations',
			fileName: 's.csv',
			bytes: bytesOf('员工,月份\nE1,2025-01\n')
		});
		expect(small).toMatchObject({ work: null, rows: 1 });
	});

	it('a refused upload leaves no batch, no row and no bytes', async () => {
		const before = await client.ctx.db.read.select().from(importBatches);
		await expect(stage('a,b\n1,"2\n')).rejects.toMatchObject({ code: 'import_unreadable' });
		await expect(
			beginImport(client.ctx, client.as('implementer'), {
				kind: 'observations',
				fileName: 's.csv',
				bytes: bytesOf('')
			})
		).rejects.toMatchObject({ code: 'import_unreadable' });
		expect(await client.ctx.db.read.select().from(importBatches)).toHaveLength(before.length);
		expect(await client.ctx.db.read.select().from(importFiles)).toEqual([]);
	});
});
