import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
	auditEvents,
	employeeFacts,
	importRows,
	observations,
	targets
} from '#lib/server/db/client/schema.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { findRejectedRows, getImport } from '#lib/server/imports/get-import.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { previewRollBack, rollBackImport } from '#lib/server/imports/roll-back-import.ts';
import { findPresets, savePreset } from '#lib/server/imports/save-preset.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { loadPeople } from '#lib/server/people/history.ts';
import { savePerson } from '#lib/server/people/save-person.ts';
import { currentFigures } from '#lib/server/snapshots/figures.ts';
import { openTestClient, type TestClient } from './test-client.ts';
import { bytesOf, columns, importFile, metric, registerMetrics } from './import-files.ts';

const PEOPLE = `工号,姓名,部门,入职日期,证件号
E1,王一,销售部,2023-01-01,0001
E2,李二,销售部,2023-06-15,0002
E3,张三,运营部,2024-02-01,0003
`;
const PEOPLE_MAPPING = {
	columns: [
		...columns({
			工号: 'employee',
			姓名: 'name',
			部门: 'attribute.unit',
			入职日期: 'attribute.hired_on'
		}),
		{ field: 'attribute.national_id', columns: ['证件号'] }
	],
	create_units: true
};
const MONTHS = `员工,月份,销售额,订单数
E1,2025-01,"1,200.50",3
E1,2025年2月,1.5万,4
E2,2025-01,0,0
`;
const MONTHS_MAPPING = {
	columns: columns({
		员工: 'employee',
		月份: 'period',
		销售额: 'metric.sales',
		订单数: 'metric.orders'
	})
};

let client: TestClient;
beforeEach(async () => {
	client = await openTestClient();
	await registerMetrics(client.ctx, client.as('implementer'), [
		metric('sales', { unit: 'money' }),
		metric('orders', { valid: [0, 100] })
	]);
});
afterEach(async () => {
	await client.close();
});

async function figures(kind: 'observations' | 'targets' = 'observations') {
	const found = await currentFigures(client.ctx.db.read, kind, {
		metrics: ['sales', 'orders'],
		from: '0000',
		to: '9999'
	});
	return Object.fromEntries(
		[...found].map(([key, value]) => [key.split('\u0001').slice(1).join(' '), value])
	);
}

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

describe('an import of months', () => {
	beforeEach(async () => {
		await importFile(client.ctx, client.as('implementer'), 'people', PEOPLE, PEOPLE_MAPPING);
	});

	it('suggests the mapping from the header', async () => {
		const batch = await stageImport(client.ctx, client.as('implementer'), {
			kind: 'observations',
			fileName: 'months.csv',
			bytes: bytesOf('员工编号,月份,Sales（万元）,orders no\nE1,2025-01,1,2\n')
		});
		expect(batch.suggestions.map(({ field }) => field)).toEqual([
			'employee',
			'period',
			'metric.sales',
			'metric.orders'
		]);
		expect(batch.suggestions[0]?.confidence).toBeGreaterThanOrEqual(0.9);
		expect(batch.suggestions[2]?.transform).toEqual({ scale: 'ten_thousand' });
		expect(batch.suggestions[3]?.confidence).toBeLessThan(0.9);
	});

	it('writes exactly what the dry run said, with an audit event', async () => {
		const { plan, done, batch } = await importFile(
			client.ctx,
			client.as('implementer'),
			'observations',
			MONTHS,
			MONTHS_MAPPING
		);
		expect(plan.facts).toEqual({ new: 6, changed: 0, unchanged: 0 });
		expect(plan.columns).toEqual([
			{ field: 'metric.sales', values: 3, sum: 16200.5 },
			{ field: 'metric.orders', values: 3, sum: 7 }
		]);
		expect(done.facts).toBe(6);
		expect(await figures()).toMatchObject({
			'E1 sales 2025-01': 1200.5,
			'E1 sales 2025-02': 15000,
			'E2 sales 2025-01': 0
		});
		const [fact] = await client.ctx.db.read
			.select()
			.from(observations)
			.where(eq(observations.batchId, batch.id));
		expect(fact).toMatchObject({ raw: '1,200.50', currency: 'CNY' });
		const events = await client.ctx.db.read.select().from(auditEvents);
		expect(events.map(({ type }) => type).slice(-2)).toEqual(['import_staged', 'import_committed']);
	});

	it('the same file twice changes nothing', async () => {
		const actor = client.as('implementer');
		await importFile(client.ctx, actor, 'observations', MONTHS, MONTHS_MAPPING);
		const again = await importFile(client.ctx, actor, 'observations', MONTHS, MONTHS_MAPPING);
		expect(again.plan.facts).toEqual({ new: 0, changed: 0, unchanged: 6 });
		expect(again.done.facts).toBe(0);
		expect(await client.ctx.db.read.select().from(observations)).toHaveLength(6);
	});

	it('committing twice gives the same answer once', async () => {
		const actor = client.as('implementer');
		const { batch, plan, done } = await importFile(
			client.ctx,
			actor,
			'observations',
			MONTHS,
			MONTHS_MAPPING
		);
		const again = await commitImport(client.ctx, actor, {
			batchId: batch.id,
			planHash: plan.planHash
		});
		expect(again.facts).toBe(done.facts);
		expect(await client.ctx.db.read.select().from(observations)).toHaveLength(6);
	});

	it('of ten commits of one file at the same time one is applied', async () => {
		const actor = client.as('implementer');
		const batches = await Promise.all(
			Array.from({ length: 10 }, () =>
				stageImport(client.ctx, actor, {
					kind: 'observations',
					fileName: 'm.csv',
					bytes: bytesOf(MONTHS)
				})
			)
		);
		const results = await Promise.allSettled(
			batches.map(async ({ id }) => {
				const plan = await planImport(client.ctx, actor, {
					batchId: id,
					mapping: completeMapping(MONTHS_MAPPING)
				});
				return commitImport(client.ctx, actor, { batchId: id, planHash: plan.planHash });
			})
		);
		const wrote = results.filter(
			(result) => result.status === 'fulfilled' && result.value.facts > 0
		);
		expect(wrote).toHaveLength(1);
		expect(await client.ctx.db.read.select().from(observations)).toHaveLength(6);
	});

	it('a correction shows before and after, and a roll-back brings the old value back', async () => {
		const actor = client.as('implementer');
		await importFile(client.ctx, actor, 'observations', MONTHS, MONTHS_MAPPING);
		const before = await figures();
		const { batch, plan } = await importFile(
			client.ctx,
			actor,
			'observations',
			MONTHS.replace('"1,200.50",3', '1300,3'),
			MONTHS_MAPPING
		);
		expect(plan.facts).toEqual({ new: 0, changed: 1, unchanged: 5 });
		expect(plan.changes[0]).toMatchObject({
			line: 2,
			field: 'metric.sales',
			before: '1200.5',
			after: '1300'
		});
		expect(await figures()).toMatchObject({ 'E1 sales 2025-01': 1300 });
		const back = await rollBackImport(client.ctx, actor, {
			batchId: batch.id,
			reason: 'wrong month'
		});
		expect(back.facts).toBe(1);
		expect(await figures()).toEqual(before);
	});

	it('a roll-back says what was built on the batch', async () => {
		const actor = client.as('implementer');
		const first = await importFile(client.ctx, actor, 'people', 'id,name\nE9,新人\n', {
			columns: columns({ id: 'employee', name: 'name' })
		});
		client.clock.advance(1000);
		const later = await importFile(
			client.ctx,
			actor,
			'observations',
			'员工,月份,销售额,订单数\nE9,2025-01,5,1\n',
			MONTHS_MAPPING
		);
		const built = await previewRollBack(client.ctx, actor, { batchId: first.batch.id });
		expect(built.peopleKept).toEqual(['E9']);
		expect(built.laterImports.map(({ id }) => id)).toEqual([later.batch.id]);
		const back = await rollBackImport(client.ctx, actor, { batchId: first.batch.id });
		expect(back.peopleWithdrawn).toBe(0);
		expect((await loadPeople(client.ctx.db.read)).all.has('E9')).toBe(true);
	});

	it('refuses a plan that was made before the data changed', async () => {
		const actor = client.as('implementer');
		const batch = await stageImport(client.ctx, actor, {
			kind: 'observations',
			fileName: 'm.csv',
			bytes: bytesOf(MONTHS)
		});
		const plan = await planImport(client.ctx, actor, {
			batchId: batch.id,
			mapping: completeMapping(MONTHS_MAPPING)
		});
		await importFile(
			client.ctx,
			actor,
			'observations',
			'员工,月份,销售额,订单数\nE1,2025-01,7,3\n',
			MONTHS_MAPPING
		);
		await expect(
			commitImport(client.ctx, actor, { batchId: batch.id, planHash: plan.planHash })
		).rejects.toMatchObject({ code: 'import_plan_stale', status: 409 });
	});
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
		expect(plan.rows).toEqual({ read: 9, filtered: 0, rejected: 6, repeated: 1, accepted: 2 });
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
		expect(await figures()).toEqual({});
		await commitImport(client.ctx, actor, { ...commit, withoutRejected: true });
		expect(await figures()).toEqual({
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

describe('an import of targets', () => {
	it('spreads a quarterly quota over the month of its date and the two after, without a residue', async () => {
		const actor = client.as('implementer');
		await importFile(client.ctx, actor, 'people', PEOPLE, PEOPLE_MAPPING);
		const { plan } = await importFile(
			client.ctx,
			actor,
			'targets',
			'who,QuotaDate,SalesQuota\nE1,2025-05-30,1000\n',
			{
				columns: columns({ who: 'employee', QuotaDate: 'period', SalesQuota: 'target.sales' }),
				spread_months: 3
			}
		);
		expect(plan.facts.new).toBe(3);
		const found = await figures('targets');
		expect(Object.keys(found)).toEqual([
			'E1 sales 2025-05',
			'E1 sales 2025-06',
			'E1 sales 2025-07'
		]);
		expect(Object.values(found).reduce((sum: number, value) => sum + (value ?? 0), 0)).toBe(1000);
		expect(await client.ctx.db.read.select().from(targets)).toHaveLength(3);
		expect(await client.ctx.db.read.select().from(employeeFacts)).not.toHaveLength(0);
	});
});

describe('a saved mapping', () => {
	it('is suggested again for a file with the same columns', async () => {
		const actor = client.as('implementer');
		await importFile(client.ctx, actor, 'people', PEOPLE, PEOPLE_MAPPING);
		const odd = { columns: columns({ A: 'employee', B: 'period', C: 'metric.sales' }) };
		const { batch } = await importFile(
			client.ctx,
			actor,
			'observations',
			'A,B,C\nE1,2025-01,5\n',
			odd
		);
		await savePreset(client.ctx, actor, {
			batchId: batch.id,
			id: 'erp-export',
			name: { 'zh-CN': '导出', en: 'Export' }
		});
		await savePreset(client.ctx, actor, {
			batchId: batch.id,
			id: 'erp-export',
			name: { 'zh-CN': '导出', en: 'Export' }
		});
		expect(await findPresets(client.ctx, actor)).toHaveLength(1);
		const next = await stageImport(client.ctx, actor, {
			kind: 'observations',
			fileName: 'n.csv',
			bytes: bytesOf('A,B,C\nE1,2025-02,6\n')
		});
		expect(next.suggestions.map(({ field, why }) => [field, why])).toEqual([
			['employee', 'preset'],
			['period', 'preset'],
			['metric.sales', 'preset']
		]);
	});
});

describe('while an import runs', () => {
	it('other people’s writes get their turn, and nothing is half written', async () => {
		const actor = client.as('implementer');
		const many = Array.from({ length: 3000 }, (_, i) => `E${i},2024-01-01`).join('\n');
		await importFile(client.ctx, actor, 'people', `id,hired\n${many}\n`, {
			columns: columns({ id: 'employee', hired: 'attribute.hired_on' })
		});
		const rows = Array.from(
			{ length: 12_000 },
			(_, i) => `E${i % 3000},2025-0${1 + Math.floor(i / 3000)},${i},1`
		);
		const running = importFile(
			client.ctx,
			actor,
			'observations',
			`员工,月份,销售额,订单数\n${rows.join('\n')}\n`,
			MONTHS_MAPPING
		);
		let done = 0;
		const others = Promise.all(
			Array.from({ length: 40 }, async (_, i) => {
				await savePerson(client.ctx, actor, {
					id: `N${i}`,
					name: `New ${i}`,
					attributes: {},
					validFrom: '2025-01-01'
				});
				done += 1;
			})
		);
		expect((await running).done.facts).toBe(24_000);
		await others;
		expect(done).toBe(40);
	});
});
