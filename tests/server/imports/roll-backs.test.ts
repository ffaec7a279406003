/** The invariant: a batch that is rolled back leaves the current view as it was, row for row. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ImportKind } from '#lib/contract/imports.ts';
import { parameters } from '#lib/server/db/client/schema.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { rollBackImport } from '#lib/server/imports/roll-back-import.ts';
import { saveRates } from '#lib/server/imports/save-rates.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { saveRecordType } from '#lib/server/records/save-record-type.ts';
import { Random, seedOf } from '../../engine/generators/random.ts';
import { currentView } from './current-view.ts';
import { bytesOf, columns, type MappingInput } from './import-files.ts';
import { openSalesClient } from './import-samples.ts';
import type { TestClient } from './test-client.ts';

const ROUNDS = 100;
const seed = seedOf(20_261_122);
const random = new Random(seed);
const below = (limit: number): number => random.int(0, limit - 1);
let client: TestClient;

beforeAll(async () => {
	client = await openSalesClient();
	const actor = client.as('implementer');
	await client.ctx.db.write(async (tx) => {
		const name = { 'zh-CN': '底价', en: 'Floor' };
		const createdAt = '2026-01-01T00:00:00.000Z';
		await tx.insert(parameters).values({ id: 'floor', name, unit: 'money', createdAt });
	});
	await saveRates(client.ctx, actor, {
		rates: [{ currency: 'USD', validFrom: '2020-01-01', rate: 7.1 }]
	});
	await saveRecordType(client.ctx, actor, {
		definition: {
			id: 'visits',
			name: { 'zh-CN': '拜访', en: 'Visits' },
			key: ['number'],
			date: 'day',
			subject: 'seller',
			columns: [
				{ id: 'number', name: { 'zh-CN': '单号', en: 'Number' }, type: 'text' },
				{ id: 'day', name: { 'zh-CN': '日期', en: 'Day' }, type: 'date' },
				{ id: 'seller', name: { 'zh-CN': '业务员', en: 'Seller' }, type: 'text' },
				{ id: 'amount', name: { 'zh-CN': '金额', en: 'Amount' }, type: 'number' }
			]
		},
		revision: 0
	});
});
afterAll(async () => {
	await client.close();
});

interface File {
	readonly kind: ImportKind;
	readonly text: string;
	readonly mapping: MappingInput;
	readonly recordType?: string;
}

const person = () => `E${below(12)}`;
const month = () => `2025-${String(1 + below(12)).padStart(2, '0')}`;
const lines = (make: () => string): string =>
	Array.from({ length: 1 + below(12) }, make).join('\n');

/** One of every kind, with people and figures that other files of the run also tell of. */
const FILES: readonly (() => File)[] = [
	() => ({
		kind: 'people',
		text: `id,name,unit,level,hired\n${lines(
			() => `${person()},N${below(5)},U${below(4)},${below(3)},2024-0${1 + below(9)}-01`
		)}`,
		mapping: {
			columns: columns({
				id: 'employee',
				name: 'name',
				unit: 'attribute.unit',
				level: 'attribute.level',
				hired: 'attribute.hired_on'
			}),
			create_units: true,
			repairs: [{ kind: 'conflicts', keep: 'last' }],
			...(below(2) === 0 ? { valid_from: '2025-03-01' } : {})
		}
	}),
	() => ({
		kind: 'units',
		text: `id,name,above\n${lines(() => `u${below(5)},Unit ${below(6)},${below(2) === 0 ? '' : `u${below(5)}`}`)}`,
		mapping: {
			columns: columns({ id: 'unit_id', name: 'name', above: 'parent' }),
			repairs: [{ kind: 'conflicts', keep: 'last' }]
		}
	}),
	() => ({
		kind: 'observations',
		text: `who,month,sales,orders,cur\n${lines(() => `${person()},${month()},${below(1000) / 10},${below(9)},${below(3) === 0 ? 'USD' : ''}`)}`,
		mapping: {
			columns: columns({
				who: 'employee',
				month: 'period',
				sales: 'metric.sales',
				orders: 'metric.orders',
				cur: 'currency'
			}),
			repairs: [{ kind: 'conflicts', keep: below(2) === 0 ? 'add' : 'last' }]
		}
	}),
	() => ({
		kind: 'targets',
		text: `who,month,sales\n${lines(() => `${person()},${month()},${below(100)}`)}`,
		mapping: {
			columns: columns({ who: 'employee', month: 'period', sales: 'target.sales' }),
			repairs: [{ kind: 'conflicts', keep: 'first' }]
		}
	}),
	() => ({
		kind: 'parameters',
		text: `from,floor\n${lines(() => `${month()},${below(50)}`)}`,
		mapping: {
			columns: columns({ from: 'period', floor: 'param.floor' }),
			repairs: [{ kind: 'conflicts', keep: 'last' }]
		}
	}),
	() => ({
		kind: 'records',
		recordType: 'visits',
		text: `no,day,who,amount\n${lines(() => `V${below(20)},${month()}-0${1 + below(9)},${person()},${below(99)}`)}`,
		mapping: {
			columns: columns({
				no: 'record.number',
				day: 'record.day',
				who: 'record.seller',
				amount: 'record.amount'
			}),
			repairs: [{ kind: 'conflicts', keep: 'last' }]
		}
	})
];

/** Imports a random file; null where it says nothing new or nothing that could be taken. */
async function importOne(): Promise<string | null> {
	const actor = client.as('implementer');
	const { kind, text, mapping, recordType } = random.pick(FILES)();
	client.clock.advance(60_000);
	const batch = await stageImport(client.ctx, actor, {
		kind,
		fileName: `${kind}.csv`,
		bytes: bytesOf(`${text}\n`),
		...(recordType === undefined ? {} : { recordType })
	});
	const plan = await planImport(client.ctx, actor, {
		batchId: batch.id,
		mapping: completeMapping(mapping)
	});
	if (!plan.canCommit) return null;
	const { facts } = await commitImport(client.ctx, actor, {
		batchId: batch.id,
		planHash: plan.planHash,
		withoutRejected: true
	});
	return facts > 0 ? batch.id : null;
}

it(`${ROUNDS} of ${ROUNDS} roll-backs give the view of before (seed ${seed})`, async () => {
	let rolledBack = 0;
	for (let round = 0; rolledBack < ROUNDS && round < ROUNDS * 4; round += 1) {
		// Some imports stay, so that the next ones meet a history.
		const before = await currentView(client.ctx);
		const batchId = await importOne();
		if (batchId === null || below(4) === 0) continue;
		await rollBackImport(client.ctx, client.as('implementer'), { batchId });
		expect(await currentView(client.ctx), `round ${round}`).toEqual(before);
		rolledBack += 1;
	}
	expect(rolledBack).toBe(ROUNDS);
}, 120_000);
