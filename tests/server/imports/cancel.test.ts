/**
 * An import that is stopped leaves what was before it: no row of an upload, no mapping of a dry run,
 * no fact of a commit. It tells how far it is while it runs.
 */
import { count } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
	importBatches,
	importFiles,
	importRows,
	observations
} from '#lib/server/db/client/schema.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { cancelImport } from '#lib/server/imports/cancel-import.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { getImport } from '#lib/server/imports/get-import.ts';
import { importWork, type ImportWork } from '#lib/server/imports/import-work.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { bytesOf, importFile } from './import-files.ts';
import { MONTHS_MAPPING, PEOPLE, PEOPLE_MAPPING, openSalesClient } from './import-samples.ts';
import type { TestClient } from './test-client.ts';

/** Above what is checked on the main thread, and several chunks of staging and of writing. */
const ROWS = 9_000;

let client: TestClient;
beforeEach(async () => {
	client = await openSalesClient();
	await importFile(client.ctx, client.as('implementer'), 'people', PEOPLE, PEOPLE_MAPPING);
});
afterEach(async () => {
	await client.close();
});

const lines = Array.from({ length: ROWS }, (_, i) => {
	const month = Math.floor(i / 3);
	const period = `${1400 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
	return `E${(i % 3) + 1},${period},${i},${i % 100}`;
});
const LARGE = bytesOf(`员工,月份,销售额,订单数\n${lines.join('\n')}\n`);

const stage = () =>
	stageImport(client.ctx, client.as('implementer'), {
		kind: 'observations',
		fileName: 'large.csv',
		bytes: LARGE
	});

async function rowsOf(table: typeof importRows | typeof observations | typeof importFiles) {
	const [row] = await client.ctx.db.read.select({ n: count() }).from(table);
	return row?.n ?? 0;
}

/** Looks at the work of a batch in every turn of the event loop; stops it once it is `wanted`. */
async function stopWhen(batchId: () => Promise<string>, wanted: (work: ImportWork) => boolean) {
	const seen: ImportWork[] = [];
	for (;;) {
		const id = await batchId();
		const work = id === '' ? null : importWork(client.ctx.clientId, id);
		if (work) seen.push(work);
		if (work && wanted(work)) {
			await cancelImport(client.ctx, client.as('implementer'), { batchId: id });
			return seen;
		}
		await new Promise((resolve) => setImmediate(resolve));
	}
}

it('an upload that is stopped while its rows are kept leaves no batch, no row, no byte', async () => {
	const before = await rowsOf(importRows);
	const known = new Set(
		(await client.ctx.db.read.select({ id: importBatches.id }).from(importBatches)).map(
			({ id }) => id
		)
	);
	const newest = async () => {
		const all = await client.ctx.db.read.select({ id: importBatches.id }).from(importBatches);
		return all.find(({ id }) => !known.has(id))?.id ?? '';
	};
	const outcome = stage().then(
		() => 'staged',
		(error: unknown) => error
	);
	const seen = await stopWhen(newest, ({ phase, progress }) => phase === 'staging' && progress > 0);
	expect(seen.at(-1)?.progress).toBeLessThan(1);
	expect(await outcome).toMatchObject({ code: 'import_cancelled' });
	expect(await rowsOf(importRows)).toBe(before);
	expect(await rowsOf(importFiles)).toBe(0);
	expect(await newest()).toBe('');
});

it('a dry run that is stopped leaves the batch as it was', async () => {
	const actor = client.as('implementer');
	const batch = await stage();
	const outcome = planImport(client.ctx, actor, {
		batchId: batch.id,
		mapping: completeMapping(MONTHS_MAPPING)
	}).then(
		() => 'planned',
		(error: unknown) => error
	);
	const id = () => Promise.resolve(batch.id);
	const seen = await stopWhen(id, ({ phase, progress }) => phase === 'checking' && progress > 0);
	expect(seen.at(-1)?.progress).toBeLessThanOrEqual(1);
	expect(await outcome).toMatchObject({ code: 'import_cancelled' });
	const after = await getImport(client.ctx, actor, { batchId: batch.id });
	expect(after).toMatchObject({ status: 'staged', mapping: null, plan: null, work: null });
});

it('a commit that is stopped while it writes leaves no fact, and may be made again', async () => {
	const actor = client.as('implementer');
	const batch = await stage();
	const { planHash } = await planImport(client.ctx, actor, {
		batchId: batch.id,
		mapping: completeMapping(MONTHS_MAPPING)
	});
	const outcome = commitImport(client.ctx, actor, { batchId: batch.id, planHash }).then(
		() => 'committed',
		(error: unknown) => error
	);
	const id = () => Promise.resolve(batch.id);
	await stopWhen(id, ({ phase, progress }) => phase === 'committing' && progress > 0);
	expect(await outcome).toMatchObject({ code: 'import_cancelled' });
	expect(await rowsOf(observations)).toBe(0);
	const after = await getImport(client.ctx, actor, { batchId: batch.id });
	expect(after.status).toBe('checked');
	const done = await commitImport(client.ctx, actor, { batchId: batch.id, planHash });
	expect(done.facts).toBe(ROWS * 2);
});
