import { desc } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditEvents, observations } from '#lib/server/db/client/schema.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { findRates, saveRates } from '#lib/server/imports/save-rates.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { bytesOf, columns, importFile, type MappingInput } from './import-files.ts';
import { PEOPLE, PEOPLE_MAPPING, figures, openSalesClient } from './import-samples.ts';
import type { TestClient } from './test-client.ts';

let client: TestClient;
beforeEach(async () => {
	client = await openSalesClient();
	await importFile(client.ctx, client.as('implementer'), 'people', PEOPLE, PEOPLE_MAPPING);
});
afterEach(async () => {
	await client.close();
});

const RATES = [
	{ currency: 'USD', validFrom: '2025-01-01', rate: 7.3 },
	{ currency: 'USD', validFrom: '2025-02-01', rate: 7.2 },
	{ currency: 'EUR', validFrom: '2025-02-15', rate: 7.6 }
];

async function plan(text: string, mapping: MappingInput) {
	const actor = client.as('implementer');
	const batch = await stageImport(client.ctx, actor, {
		kind: 'observations',
		fileName: 'm.csv',
		bytes: bytesOf(text)
	});
	return planImport(client.ctx, actor, { batchId: batch.id, mapping: completeMapping(mapping) });
}

const BY_ROW = {
	columns: columns({ who: 'employee', month: 'period', sales: 'metric.sales', cur: 'currency' })
};

describe('amounts in other currencies', () => {
	it('are converted at the rate of the last day of their period, and keep what they were', async () => {
		const actor = client.as('implementer');
		await saveRates(client.ctx, actor, { rates: RATES, source: 'treasury' });
		await importFile(
			client.ctx,
			actor,
			'observations',
			'who,month,sales,cur\nE1,2025-01,100,USD\nE1,2025-02,100.1,USD\nE2,2025-02,10,EUR\nE2,2025-01,5,CNY\n',
			BY_ROW
		);
		expect(await figures(client.ctx)).toEqual({
			'E1 sales 2025-01': 730,
			'E1 sales 2025-02': 720.72,
			'E2 sales 2025-02': 76,
			'E2 sales 2025-01': 5
		});
		const rows = await client.ctx.db.read.select().from(observations);
		expect(
			rows.map(({ currency, originalValue, originalCurrency }) => [
				currency,
				originalValue,
				originalCurrency
			])
		).toEqual([
			['CNY', 100, 'USD'],
			['CNY', 100.1, 'USD'],
			['CNY', 10, 'EUR'],
			['CNY', null, null]
		]);
	});

	it('without a rate are a finding of their own, and no figure', async () => {
		await saveRates(client.ctx, client.as('implementer'), { rates: RATES });
		const found = await plan('who,month,sales,cur\nE1,2025-01,100,EUR\nE2,2025-01,5,CNY\n', BY_ROW);
		expect(found.rows).toMatchObject({ accepted: 1, rejected: 1 });
		expect(found.findings[0]).toMatchObject({
			code: 'import_rate_missing',
			examples: [{ details: { found: 'EUR', currency: 'CNY', day: '2025-01-31' } }]
		});
	});

	it('may be told for a whole column, or for all rows', async () => {
		await saveRates(client.ctx, client.as('implementer'), { rates: RATES });
		const text = 'who,month,sales\nE1,2025-02,100\n';
		const own = columns({ who: 'employee', month: 'period' });
		const ofColumn = await plan(text, {
			columns: [
				...own,
				{ field: 'metric.sales', columns: ['sales'], transform: { currency: 'USD' } }
			]
		});
		const ofAll = await plan(text, {
			columns: [...own, { field: 'metric.sales', columns: ['sales'] }],
			constants: [{ field: 'currency', value: 'USD' }]
		});
		expect(ofColumn.columns[0]?.sum).toBe(720);
		expect(ofAll.columns[0]?.sum).toBe(720);
		expect(ofColumn.columns[0]?.inFile?.sum).toBe(100);
	});

	it('marked in the cell are questioned, and converted only when a person says so', async () => {
		await saveRates(client.ctx, client.as('implementer'), { rates: RATES });
		const text = 'who,month,sales\nE1,2025-02,$100\nE2,2025-02,￥100\n';
		const own = columns({ who: 'employee', month: 'period' });
		const unasked = await plan(text, {
			columns: [...own, { field: 'metric.sales', columns: ['sales'] }]
		});
		expect(unasked.columns[0]?.sum).toBe(200);
		expect(unasked.findings[0]).toMatchObject({
			code: 'import_currency_mark',
			severity: 'warning',
			repairs: [
				{
					apply: {
						repairs: [{ kind: 'notation', field: 'metric.sales', set: { currency: 'mark' } }]
					}
				}
			]
		});
		const asked = await plan(text, {
			columns: [
				...own,
				{ field: 'metric.sales', columns: ['sales'], transform: { currency: 'mark' } }
			]
		});
		expect(asked.columns[0]?.sum).toBe(820);
		expect(asked.findings).toEqual([]);
	});
});

describe('rates', () => {
	it('said again are not written again; a correction is a new fact; the trail tells', async () => {
		const actor = client.as('implementer');
		expect(await saveRates(client.ctx, actor, { rates: RATES })).toBe(3);
		expect(await saveRates(client.ctx, actor, { rates: RATES })).toBe(0);
		const correction = { currency: 'USD', validFrom: '2025-02-01', rate: 7.21 };
		expect(await saveRates(client.ctx, actor, { rates: [correction] })).toBe(1);
		expect((await findRates(client.ctx, actor)).map(({ rate }) => rate)).toEqual([
			7.6, 7.21, 7.2, 7.3
		]);
		const [event] = await client.ctx.db.read
			.select({ type: auditEvents.type })
			.from(auditEvents)
			.orderBy(desc(auditEvents.seq));
		expect(event?.type).toBe('rates_saved');
	});

	it.each([
		[{ currency: 'CNY', validFrom: '2025-01-01', rate: 1 }],
		[{ currency: 'USD', validFrom: '2025-01-01', rate: 0 }],
		[{ currency: 'USD', validFrom: 'January', rate: 7 }]
	])('that say nothing are refused: %j', async (rate) => {
		await expect(
			saveRates(client.ctx, client.as('implementer'), { rates: [rate] })
		).rejects.toMatchObject({ code: 'rate_refused' });
	});

	it('are not for everybody', async () => {
		await expect(
			saveRates(client.ctx, client.as('employee'), { rates: RATES })
		).rejects.toMatchObject({ status: 403 });
	});
});
