import { auditEvents, employeeFacts, observations, targets } from '#lib/server/db/client/schema.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { previewRollBack, rollBackImport } from '#lib/server/imports/roll-back-import.ts';
import { findPresets, savePreset } from '#lib/server/imports/save-preset.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { loadPeople } from '#lib/server/people/history.ts';
import { savePerson } from '#lib/server/people/save-person.ts';
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
			{
				field: 'metric.sales',
				values: 3,
				sum: 16200.5,
				inFile: { values: 3, sum: 16200.5 },
				stated: null
			},
			{
				field: 'metric.orders',
				values: 3,
				sum: 7,
				inFile: { values: 3, sum: 7 },
				stated: null
			}
		]);
		expect(done.facts).toBe(6);
		expect(await figures(client.ctx)).toMatchObject({
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
		const before = await figures(client.ctx);
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
		expect(await figures(client.ctx)).toMatchObject({ 'E1 sales 2025-01': 1300 });
		const back = await rollBackImport(client.ctx, actor, {
			batchId: batch.id,
			reason: 'wrong month'
		});
		expect(back.facts).toBe(1);
		expect(await figures(client.ctx)).toEqual(before);
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
		const found = await figures(client.ctx, 'targets');
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
