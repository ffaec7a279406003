import { isNull } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parameterValues, parameters, records, units } from '#lib/server/db/client/schema.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { previewRollBack, rollBackImport } from '#lib/server/imports/roll-back-import.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { saveUnit } from '#lib/server/people/save-unit.ts';
import { loadUnits } from '#lib/server/people/unit-tree.ts';
import { saveRecordType } from '#lib/server/records/save-record-type.ts';
import { bytesOf, columns, importFile, type MappingInput } from './import-files.ts';
import { PEOPLE, PEOPLE_MAPPING, openSalesClient } from './import-samples.ts';
import type { TestClient } from './test-client.ts';

let client: TestClient;
beforeEach(async () => {
	client = await openSalesClient();
});
afterEach(async () => {
	await client.close();
});

const UNITS = {
	columns: columns({ 编号: 'unit_id', 名称: 'name', 上级: 'parent', 类别: 'kind' })
};

async function tree() {
	const { all } = await loadUnits(client.ctx.db.read);
	return Object.fromEntries(
		[...all.values()].map(({ id, name, parentId, kind }) => [id, [name['zh-CN'], parentId, kind]])
	);
}

describe('an import of units', () => {
	const FIRST =
		'编号,名称,上级,类别\nhq,总部,,company\nsouth,华南,总部,subsidiary\nsz,深圳,south,department\n';

	it('makes the tree, units above standing further down included', async () => {
		const { plan } = await importFile(client.ctx, client.as('implementer'), 'units', FIRST, UNITS);
		expect(plan.unitsCreated).toEqual(['总部', '华南', '深圳']);
		expect(await tree()).toEqual({
			hq: ['总部', null, 'company'],
			south: ['华南', 'hq', 'subsidiary'],
			sz: ['深圳', 'south', 'department']
		});
	});

	it('moves and renames from a day on; a roll-back gives the tree of before, its past included', async () => {
		const actor = client.as('implementer');
		await importFile(client.ctx, actor, 'units', FIRST, UNITS);
		const before = await tree();
		client.clock.advance(1000);
		const { batch, plan } = await importFile(
			client.ctx,
			actor,
			'units',
			'编号,名称,上级\nsz,深圳湾,hq\nnew,新部门,sz\n',
			{
				columns: columns({ 编号: 'unit_id', 名称: 'name', 上级: 'parent' }),
				valid_from: '2026-02-01'
			}
		);
		expect(plan.changes.map(({ field, before: old, after }) => [field, old, after])).toContainEqual(
			['parent', 'south', 'hq']
		);
		const moved = await loadUnits(client.ctx.db.read);
		expect(moved.parentOf('sz', '2026-01-31')).toBe('south');
		expect(moved.parentOf('sz', '2026-02-01')).toBe('hq');
		await rollBackImport(client.ctx, actor, { batchId: batch.id });
		expect(await tree()).toEqual(before);
		expect((await loadUnits(client.ctx.db.read)).parentOf('sz', '2026-03-01')).toBe('south');
	});

	it('a unit that was changed again since keeps the later change, and the roll-back says so', async () => {
		const actor = client.as('implementer');
		await importFile(client.ctx, actor, 'units', FIRST, UNITS);
		const { batch } = await importFile(client.ctx, actor, 'units', '编号,名称\nsz,深圳湾\n', {
			columns: columns({ 编号: 'unit_id', 名称: 'name' })
		});
		await saveUnit(client.ctx, client.as('hr_designer'), {
			id: 'sz',
			parentId: 'south',
			name: { 'zh-CN': '前海', en: 'Qianhai' },
			kind: 'department'
		});
		expect((await previewRollBack(client.ctx, actor, { batchId: batch.id })).unitsKept).toEqual([
			'sz'
		]);
		await rollBackImport(client.ctx, actor, { batchId: batch.id });
		expect((await tree())['sz']?.[0]).toBe('前海');
	});

	it('refuses a loop and a unit above that nobody knows', async () => {
		const actor = client.as('implementer');
		const batch = await stageImport(client.ctx, actor, {
			kind: 'units',
			fileName: 'u.csv',
			bytes: bytesOf('编号,名称,上级\na,甲,b\nb,乙,a\nc,丙,火星\n')
		});
		const plan = await planImport(client.ctx, actor, {
			batchId: batch.id,
			mapping: completeMapping({
				columns: columns({ 编号: 'unit_id', 名称: 'name', 上级: 'parent' })
			})
		});
		expect(new Set(plan.findings.map(({ code }) => code))).toEqual(
			new Set(['import_unit_cycle', 'import_unit_unknown'])
		);
		// What lies below a refused unit has no place either.
		expect(plan.rows.accepted).toBe(0);
	});
});

describe('an import of parameters', () => {
	beforeEach(async () => {
		await client.ctx.db.write(async (tx) => {
			await tx.insert(parameters).values({
				id: 'price_floor',
				name: { 'zh-CN': '底价', en: 'Price floor' },
				unit: 'money',
				createdAt: '2026-01-01T00:00:00.000Z'
			});
		});
	});
	const MAPPING: MappingInput = {
		columns: columns({ 参数: 'parameter', 期间: 'period', 数值: 'value' })
	};
	const current = () =>
		client.ctx.db.read
			.select({ from: parameterValues.validFrom, value: parameterValues.value })
			.from(parameterValues)
			.where(isNull(parameterValues.withdrawnAt));

	it('writes dated values, says what is unknown, and is rolled back', async () => {
		const actor = client.as('implementer');
		const text = '参数,期间,数值\n底价,2025-01,100\nprice_floor,2025-07,1.2万\n';
		const { plan, batch } = await importFile(client.ctx, actor, 'parameters', text, MAPPING);
		expect(plan.facts).toEqual({ new: 2, changed: 0, unchanged: 0 });
		expect(await current()).toEqual([
			{ from: '2025-01', value: 100 },
			{ from: '2025-07', value: 12000 }
		]);
		await rollBackImport(client.ctx, actor, { batchId: batch.id });
		expect(await current()).toEqual([]);
		const staged = await stageImport(client.ctx, actor, {
			kind: 'parameters',
			fileName: 'p.csv',
			bytes: bytesOf('参数,期间,数值\n上限,2025-01,1\n')
		});
		const refused = await planImport(client.ctx, actor, {
			batchId: staged.id,
			mapping: completeMapping(MAPPING)
		});
		expect(refused.findings[0]).toMatchObject({
			code: 'import_parameter_unknown',
			values: [{ value: '上限', rows: 1 }]
		});
	});
});

describe('an import of records', () => {
	const TYPE = {
		id: 'visits',
		name: { 'zh-CN': '拜访', en: 'Visits' },
		key: ['number'],
		date: 'day',
		subject: 'seller',
		columns: [
			{ id: 'number', name: { 'zh-CN': '单号', en: 'Number' }, type: 'text' },
			{ id: 'day', name: { 'zh-CN': '日期', en: 'Day' }, type: 'date' },
			{ id: 'seller', name: { 'zh-CN': '业务员', en: 'Seller' }, type: 'text' },
			{ id: 'amount', name: { 'zh-CN': '金额', en: 'Amount' }, type: 'money' },
			{
				id: 'outcome',
				name: { 'zh-CN': '结果', en: 'Outcome' },
				type: 'choice',
				values: ['won', 'lost']
			}
		]
	};
	const MAPPING: MappingInput = {
		columns: [
			...columns({
				单号: 'record.number',
				日期: 'record.day',
				业务员: 'record.seller',
				金额: 'record.amount'
			}),
			{
				field: 'record.outcome',
				columns: ['结果'],
				transform: { values: { 成交: 'won', 失败: 'lost' } }
			}
		]
	};
	const TEXT =
		'单号,日期,业务员,金额,结果\n0001,2025/1/3,E1,"1,200.50",成交\n0002,2025年1月4日,E2,,失败\n0003,2025-01-05,E1,3万,成交\n';

	beforeEach(async () => {
		const actor = client.as('implementer');
		await importFile(client.ctx, actor, 'people', PEOPLE, PEOPLE_MAPPING);
		await saveRecordType(client.ctx, actor, { definition: TYPE, revision: 0 });
	});

	async function importRecords(text: string) {
		const actor = client.as('implementer');
		const batch = await stageImport(client.ctx, actor, {
			kind: 'records',
			recordType: 'visits',
			fileName: 'v.csv',
			bytes: bytesOf(text)
		});
		const plan = await planImport(client.ctx, actor, {
			batchId: batch.id,
			mapping: completeMapping(MAPPING)
		});
		return { batch, plan };
	}

	it('is suggested from the names of the type’s columns', async () => {
		const { batch } = await importRecords(TEXT);
		expect(batch.suggestions.map(({ field }) => field)).toEqual([
			'record.number',
			'record.day',
			'record.seller',
			'record.amount',
			'record.outcome'
		]);
	});

	it('adds by key, updates by key, and gives the old record back when rolled back', async () => {
		const actor = client.as('implementer');
		const current = async () =>
			(await client.ctx.db.read.select().from(records).where(isNull(records.withdrawnAt))).map(
				({ key, subjectId, date, data }) => [key, subjectId, date, data]
			);
		const first = await importRecords(TEXT);
		expect(first.plan.facts).toEqual({ new: 3, changed: 0, unchanged: 0 });
		expect(first.plan.columns).toContainEqual(
			expect.objectContaining({ field: 'record.amount', values: 2, sum: 31200.5 })
		);
		await commitImport(client.ctx, actor, {
			batchId: first.batch.id,
			planHash: first.plan.planHash
		});
		expect(await current()).toEqual([
			[
				'0001',
				'E1',
				'2025-01-03',
				{ number: '0001', day: '2025-01-03', seller: 'E1', amount: 1200.5, outcome: 'won' }
			],
			[
				'0002',
				'E2',
				'2025-01-04',
				{ number: '0002', day: '2025-01-04', seller: 'E2', outcome: 'lost' }
			],
			[
				'0003',
				'E1',
				'2025-01-05',
				{ number: '0003', day: '2025-01-05', seller: 'E1', amount: 30000, outcome: 'won' }
			]
		]);
		const before = await current();
		const second = await importRecords(TEXT.replace('"1,200.50"', '1300'));
		expect(second.plan.facts).toEqual({ new: 0, changed: 1, unchanged: 2 });
		await commitImport(client.ctx, actor, {
			batchId: second.batch.id,
			planHash: second.plan.planHash
		});
		await rollBackImport(client.ctx, actor, { batchId: second.batch.id });
		expect(await current()).toEqual(before);
	});

	it('refuses unknown people, values that are not allowed, and keys that lost digits', async () => {
		const { plan } = await importRecords(
			'单号,日期,业务员,金额,结果\n1,2025-01-03,E99,1,成交\n2,2025-01-03,E1,1,也许\n1.23E+17,2025-01-03,E1,1,成交\n4,,E1,1,成交\n'
		);
		expect(plan.rows.rejected).toBe(4);
		expect(plan.findings.map(({ code }) => code).sort()).toEqual([
			'import_id_scientific',
			'import_record_value',
			'import_subject_unknown',
			'import_value_missing'
		]);
	});

	it('needs a type that is registered', async () => {
		await expect(
			stageImport(client.ctx, client.as('implementer'), {
				kind: 'records',
				fileName: 'v.csv',
				bytes: bytesOf(TEXT)
			})
		).rejects.toMatchObject({ code: 'import_record_type' });
	});
});

describe('units that an import of people made', () => {
	it('are closed again by its roll-back', async () => {
		const actor = client.as('implementer');
		const { batch } = await importFile(client.ctx, actor, 'people', PEOPLE, PEOPLE_MAPPING);
		await rollBackImport(client.ctx, actor, { batchId: batch.id });
		const open = await client.ctx.db.read.select().from(units).where(isNull(units.closedAt));
		expect(open).toEqual([]);
	});
});
