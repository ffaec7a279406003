/**
 * The property: a table of any figures, in any ugly shape, imports to exactly its figures; what was
 * taken and what was refused add up to what was sent; what is exported again says nothing new.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { csvText } from '#lib/ui/csv.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { rollBackImport } from '#lib/server/imports/roll-back-import.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { currentFigures } from '#lib/server/snapshots/figures.ts';
import { Random, seedOf } from '../../engine/generators/random.ts';
import {
	asDuplicates,
	asGbk,
	asGerman,
	asMarked,
	asReport,
	asSheets,
	asWide,
	asWorkbook,
	cleanTable,
	type CleanRow
} from './dirty-table.ts';
import {
	bytesOf,
	columns,
	importFile,
	metric,
	registerMetrics,
	type MappingInput
} from './import-files.ts';
import { suggestedMapping, type MappingExtra } from './suggested-mapping.ts';
import { openTestClient, type TestClient } from './test-client.ts';

const seed = seedOf(20_261_124);
const ROUNDS = 16;
let client: TestClient;

beforeAll(async () => {
	client = await openTestClient();
	const actor = client.as('implementer');
	await registerMetrics(client.ctx, actor, [
		metric('sales', { unit: 'money', name: { 'zh-CN': '销售额', en: 'Sales' } }),
		metric('orders', { name: { 'zh-CN': '订单数', en: 'Orders' } })
	]);
	const people = Array.from({ length: 4 }, (_, i) => `${274 + i},Person ${i}`).join('\n');
	await importFile(client.ctx, actor, 'people', `id,name\n${people}\n`, {
		columns: columns({ id: 'employee', name: 'name' })
	});
});
afterAll(async () => {
	await client.close();
});

interface Shape {
	readonly name: string;
	readonly make: (rows: readonly CleanRow[]) => Promise<Uint8Array> | Uint8Array;
	readonly extra?: MappingExtra;
	/** A figure that the shape adds to the table. */
	readonly added?: { readonly key: string; readonly value: number };
	readonly metrics: readonly ('sales' | 'orders')[];
}

const BOTH = ['sales', 'orders'] as const;
const NEWEST: MappingInput['repairs'] = [{ kind: 'conflicts', keep: 'newest', by: 'updated_at' }];
const SHAPES: readonly Shape[] = [
	{ name: 'gbk', make: asGbk, metrics: BOTH },
	{ name: 'german', make: asGerman, metrics: BOTH },
	{ name: 'report', make: asReport, metrics: BOTH },
	{ name: 'workbook', make: asWorkbook, metrics: BOTH },
	{ name: 'sheets', make: asSheets, metrics: BOTH },
	{ name: 'wide', make: asWide, metrics: ['sales'] },
	{
		name: 'duplicates',
		make: asDuplicates,
		extra: { looseIds: true, repairs: NEWEST },
		metrics: BOTH
	},
	{
		name: 'marked',
		make: asMarked,
		extra: { repairs: [{ kind: 'conflicts', keep: 'add' }] },
		added: { key: '276 sales 2013-06', value: -12345.67 },
		metrics: BOTH
	}
];

function expected({ metrics, added }: Shape, rows: readonly CleanRow[]): Record<string, number> {
	const figures = Object.fromEntries(
		rows.flatMap((row) => metrics.map((id) => [`${row.id} ${id} ${row.month}`, row[id]] as const))
	);
	if (added) figures[added.key] = Number(((figures[added.key] ?? 0) + added.value).toFixed(2));
	return figures;
}

async function current(): Promise<Record<string, number | null>> {
	const found = await currentFigures(client.ctx.db.read, 'observations', {
		metrics: [...BOTH],
		from: '0000',
		to: '9999'
	});
	return Object.fromEntries(
		[...found].map(([key, value]) => [key.split('\u0001').slice(1).join(' '), value])
	);
}

it(`${ROUNDS} tables come out as they went in (seed ${seed})`, async () => {
	const random = new Random(seed);
	const actor = client.as('implementer');
	const { ctx } = client;
	for (let round = 0; round < ROUNDS; round += 1) {
		const shape = SHAPES[round % SHAPES.length] ?? random.pick(SHAPES);
		const label = `round ${round}, ${shape.name}`;
		const rows = cleanTable((limit) => random.int(0, limit - 1));
		const bytes = await shape.make(rows);
		const batch = await stageImport(ctx, actor, {
			kind: 'observations',
			fileName: '2013.csv',
			bytes
		});
		const mapping = completeMapping(suggestedMapping(batch, 'observations', shape.extra));
		const plan = await planImport(ctx, actor, { batchId: batch.id, mapping });
		const { read, filtered, accepted, rejected, repeated, superseded } = plan.rows;
		expect(filtered + accepted + rejected + repeated + superseded, label).toBe(read);
		await commitImport(ctx, actor, {
			batchId: batch.id,
			planHash: plan.planHash,
			withoutRejected: true
		});
		expect(await current(), label).toEqual(expected(shape, rows));

		const exported = Object.entries(await current()).map(([key, value]) => [
			...key.split(' '),
			value
		]);
		const again = await stageImport(ctx, actor, {
			kind: 'observations',
			fileName: 'again.csv',
			bytes: bytesOf(csvText(['who', 'metric', 'period', 'value'], exported))
		});
		const same = await planImport(ctx, actor, {
			batchId: again.id,
			mapping: completeMapping({
				columns: columns({ who: 'employee', metric: 'metric', period: 'period', value: 'value' })
			})
		});
		expect(same.facts, label).toEqual({ new: 0, changed: 0, unchanged: exported.length });
		await rollBackImport(ctx, actor, { batchId: batch.id });
		expect(await current(), label).toEqual({});
	}
}, 120_000);
