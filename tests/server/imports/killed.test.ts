/** A server that was killed while it read a file leaves nothing of it; what was read stays. */
import { rmSync } from 'node:fs';
import { count, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { importBatches, importFiles, importRows } from '#lib/server/db/client/schema.ts';
import { Databases } from '#lib/server/db/databases.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { bytesOf } from './import-files.ts';
import { openTestClient } from './test-client.ts';

it('after a start the broken upload is gone and the whole one is there', async () => {
	const { ctx, as, databases } = await openTestClient();
	const stage = (name: string) =>
		stageImport(ctx, as('implementer'), {
			kind: 'observations',
			fileName: `${name}.csv`,
			bytes: bytesOf(`员工,月份,销售额\nE1,2026-01,${name}\nE2,2026-01,2\n`)
		});
	const [whole, broken] = [await stage('1'), await stage('3')];
	// The state between the first rows and the last word, in which a kill leaves the file.
	await ctx.db.write((tx) =>
		tx.update(importBatches).set({ counts: {} }).where(eq(importBatches.id, broken.id))
	);
	await databases.close();

	const again = await Databases.open(ctx.dataDir);
	try {
		const { read } = await again.client(ctx.clientId);
		expect(await read.select({ id: importBatches.id }).from(importBatches)).toEqual([
			{ id: whole.id }
		]);
		expect(await read.select({ of: importFiles.batchId }).from(importFiles)).toEqual([
			{ of: whole.id }
		]);
		expect(
			await read
				.select({ of: importRows.batchId, rows: count() })
				.from(importRows)
				.groupBy(importRows.batchId)
		).toEqual([{ of: whole.id, rows: 2 }]);
	} finally {
		await again.close();
		rmSync(ctx.dataDir, { recursive: true, force: true });
	}
});
