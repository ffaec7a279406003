/** What a mapping can say beside columns: conditions over rows, ways to tell people apart, repairs that are taken back, and the same file again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '#lib/engine/logic/rule.ts';
import { applyRepair } from '#lib/server/imports/apply-repair.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { getImport } from '#lib/server/imports/get-import.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { rollBackImport } from '#lib/server/imports/roll-back-import.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
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

async function stage(content: string, fileName = 'm.csv') {
	return stageImport(client.ctx, client.as('implementer'), {
		kind: 'observations',
		fileName,
		bytes: bytesOf(content)
	});
}
const plan = (batchId: string, mapping: MappingInput) =>
	planImport(client.ctx, client.as('implementer'), { batchId, mapping: completeMapping(mapping) });
const commit = (batchId: string, planHash: string) =>
	commitImport(client.ctx, client.as('implementer'), { batchId, planHash });

describe('a condition over the rows', () => {
	const FILE = `员工,月份,销售额,订单数,No. of state,on
E1,2025-01,"1,200",1,done,2025-01-03
E2,2025-01,80,2,done,2025年1月9日
E3,2025-01,９００,3,open,2025-01-20
E1,2025-02,,4,,2025-02-01
`;
	const kept = async (filter: Json): Promise<number[]> => {
		const batch = await stage(FILE);
		const planned = await plan(batch.id, { ...MONTHS_MAPPING, filter });
		expect(planned.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
		expect(planned.rows.filtered + planned.rows.accepted).toBe(4);
		return planned.changes.filter(({ field }) => field === 'metric.orders').map(({ line }) => line);
	};

	it('compares texts as they are tidied, and names columns that hold points', async () => {
		expect(await kept({ in: [{ var: 'No. of state' }, ['done']] })).toEqual([2, 3]);
		expect(await kept({ '!': [{ in: [{ var: 'No. of state' }, ['done']] }] })).toEqual([4, 5]);
		expect(await kept({ '==': [{ var: 'No. of state' }, null] })).toEqual([5]);
		expect(await kept({ in: ['pe', { var: 'No. of state' }] })).toEqual([4]);
	});

	it('reads figures and days before it compares them by size; an empty cell is neither', async () => {
		expect(await kept({ '>=': [{ var: '销售额' }, 900] })).toEqual([2, 4]);
		expect(await kept({ '<': [{ var: '销售额' }, 900] })).toEqual([3]);
		expect(await kept({ between: [{ var: 'on' }, '2025-01-05', '2025-01-31'] })).toEqual([3, 4]);
		expect(
			await kept({
				and: [{ '>': [{ var: '销售额' }, 100] }, { '>': [{ var: 'on' }, '2025-01-10'] }]
			})
		).toEqual([4]);
	});

	it('that names a column the file does not have is refused with the columns it has', async () => {
		const batch = await stage(FILE);
		const planned = await plan(batch.id, {
			...MONTHS_MAPPING,
			filter: { '==': [{ var: 'X' }, 1] }
		});
		expect(planned.canCommit).toBe(false);
		expect(planned.findings[0]).toMatchObject({ code: 'import_column_missing' });
		const broken = await plan(batch.id, { ...MONTHS_MAPPING, filter: { nonsense: [1] } });
		expect(broken.canCommit).toBe(false);
	});
});

describe('people told apart', () => {
	it('by name, where it is one person’s alone', async () => {
		await importFile(
			client.ctx,
			client.as('implementer'),
			'people',
			'id,name\nE8,同名\nE9,同名\n',
			{
				columns: columns({ id: 'employee', name: 'name' })
			}
		);
		const batch = await stage('姓名,月份,销售额\n王一,2025-01,5\n同名,2025-01,6\n谁,2025-01,7\n');
		const planned = await plan(batch.id, {
			columns: columns({ 姓名: 'employee', 月份: 'period', 销售额: 'metric.sales' }),
			match_on: 'name'
		});
		expect(planned.findings.map(({ code, rows }) => [code, rows]).sort()).toEqual([
			['import_match_ambiguous', 1],
			['import_match_none', 1]
		]);
		expect(planned.changes).toMatchObject([{ key: 'E1 2025-01' }]);
	});

	it('a second file about people is joined by their name', async () => {
		const { plan: planned } = await importFile(
			client.ctx,
			client.as('implementer'),
			'people',
			'who,level\n王一,P7\n',
			{ columns: columns({ who: 'name', level: 'attribute.level' }), match_on: 'name' }
		);
		expect(planned.changes).toMatchObject([{ key: 'E1 2023-01-01', field: 'level', after: 'P7' }]);
	});
});

describe('a unit of another size', () => {
	it('is multiplied and divided without binary dust', async () => {
		const batch = await stage('员工,月份,h,min\nE1,2025-01,1.1,100\n');
		const planned = await plan(batch.id, {
			columns: [
				...columns({ 员工: 'employee', 月份: 'period' }),
				{ field: 'metric.sales', columns: ['h'], transform: { times: 60 } },
				{ field: 'metric.orders', columns: ['min'], transform: { over: 60 } }
			]
		});
		expect(planned.columns.map(({ field, sum }) => [field, sum])).toEqual([
			['metric.sales', 66],
			['metric.orders', 1.666667]
		]);
	});
});

describe('a repair that is taken back', () => {
	const BROKEN = '员工,月份,销售额,订单数\nE1,2025-01,待定,1\nE7,2025-01,5,2\nE2,2025-01,待定,3\n';

	it('leaves the others, whatever they are, and gives the dry run of before', async () => {
		const actor = client.as('implementer');
		const batch = await stage(BROKEN);
		const before = await plan(batch.id, MONTHS_MAPPING);
		const offer = { batchId: batch.id, code: 'import_cell_unreadable', column: '销售额', offer: 0 };
		await applyRepair(client.ctx, actor, offer);
		await applyRepair(client.ctx, actor, {
			batchId: batch.id,
			repairs: [{ kind: 'replace', field: 'employee', from: 'E7', to: 'E3' }]
		});
		const { mapping } = await getImport(client.ctx, actor, { batchId: batch.id });
		const [first, second] = mapping?.repairs ?? [];
		expect([first?.step, second?.step]).toEqual([1, 2]);
		const undo = (repairs: typeof first) =>
			applyRepair(client.ctx, actor, { batchId: batch.id, undo: repairs ? [repairs] : [] });
		expect((await undo(first)).rows).toMatchObject({ accepted: 1, rejected: 2 });
		await expect(undo(first)).rejects.toMatchObject({ code: 'import_plan_stale' });
		expect((await undo(second)).planHash).toBe(before.planHash);
	});

	it('of notation is a rule of its own: what the column said counts again', async () => {
		const actor = client.as('implementer');
		await importFile(client.ctx, actor, 'people', 'id,name\n000275,甲\n', {
			columns: columns({ id: 'employee', name: 'name' })
		});
		const batch = await stage('员工,月份,销售额,订单数\n275,2025-01,5,1\n');
		const strict = await plan(batch.id, MONTHS_MAPPING);
		const group = strict.findings.find(({ code }) => code === 'import_employee_unknown');
		const offer = group?.repairs.findIndex(({ apply }) =>
			apply.repairs.some(({ set }) => JSON.stringify(set) === '{"pad":6}')
		);
		const { code, column } = group ?? { code: '', column: null };
		const mended = await applyRepair(client.ctx, actor, {
			batchId: batch.id,
			code,
			column,
			offer: offer ?? -1
		});
		expect(mended.rows.accepted).toBe(1);
		const { mapping } = await getImport(client.ctx, actor, { batchId: batch.id });
		expect(mapping?.columns[0]?.transform).toBeUndefined();
		const undone = await applyRepair(client.ctx, actor, {
			batchId: batch.id,
			undo: mapping?.repairs ?? []
		});
		expect(undone.planHash).toBe(strict.planHash);
	});
});

describe('the same file again', () => {
	const FILE = '员工,月份,销售额,订单数\nE1,2025-01,5,1\nE2,2025-01,6,2\n';

	it('with the same mapping is told of and changes nothing, although figures were corrected since', async () => {
		const actor = client.as('implementer');
		const first = await stage(FILE, 'first.csv');
		await commit(first.id, (await plan(first.id, MONTHS_MAPPING)).planHash);
		const fix = await stage('员工,月份,销售额,订单数\nE1,2025-01,7,1\n');
		await commit(fix.id, (await plan(fix.id, MONTHS_MAPPING)).planHash);
		const before = await figures(client.ctx);

		const again = await stage(FILE, 'again.csv');
		expect(again.importedBefore).toMatchObject([
			{ id: first.id, fileName: 'first.csv', isSameMapping: false }
		]);
		const planned = await plan(again.id, MONTHS_MAPPING);
		expect(planned.facts).toEqual({ new: 0, changed: 0, unchanged: 4 });
		const told = await getImport(client.ctx, actor, { batchId: again.id });
		expect(told.importedBefore).toMatchObject([{ id: first.id, isSameMapping: true }]);
		expect(await commit(again.id, planned.planHash)).toMatchObject({ facts: 0 });
		expect(await figures(client.ctx)).toEqual(before);
		expect((await getImport(client.ctx, actor, { batchId: again.id })).status).toBe('discarded');
	});

	it('with other columns is another import, and each is rolled back by itself', async () => {
		const actor = client.as('implementer');
		const part = (column: string, field: string): MappingInput => ({
			columns: columns({ 员工: 'employee', 月份: 'period', [column]: field })
		});
		const sales = await stage(FILE);
		await commit(sales.id, (await plan(sales.id, part('销售额', 'metric.sales'))).planHash);
		const orders = await stage(FILE);
		const planned = await plan(orders.id, part('订单数', 'metric.orders'));
		expect(planned.facts.new).toBe(2);
		await commit(orders.id, planned.planHash);
		await rollBackImport(client.ctx, actor, { batchId: sales.id, reason: '' });
		expect(await figures(client.ctx)).toEqual({ 'E1 orders 2025-01': 1, 'E2 orders 2025-01': 2 });
		const again = await stage(FILE);
		expect((await plan(again.id, part('销售额', 'metric.sales'))).facts.new).toBe(2);
	});

	it('two imports of one period at once: the second is told that the data changed', async () => {
		const a = await stage(FILE);
		const b = await stage('员工,月份,销售额,订单数\nE1,2025-01,9,1\n');
		const [planA, planB] = [await plan(a.id, MONTHS_MAPPING), await plan(b.id, MONTHS_MAPPING)];
		const outcomes = await Promise.allSettled([
			commit(a.id, planA.planHash),
			commit(b.id, planB.planHash)
		]);
		expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		const refused = outcomes.find(({ status }) => status === 'rejected');
		expect(refused).toMatchObject({ reason: { code: 'import_plan_stale' } });
	});
});
