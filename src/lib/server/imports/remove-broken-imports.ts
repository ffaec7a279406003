import { eq, inArray } from 'drizzle-orm';
import { importBatches, importFiles, importRows } from '../db/client/tables/imports.ts';
import type { Database, Tx } from '../db/database.ts';

/** Takes away what is kept of files that were put aside and nothing was imported from. */
export async function deleteBatches(tx: Tx, batchIds: readonly string[]): Promise<void> {
	const ids = [...batchIds];
	await tx.delete(importFiles).where(inArray(importFiles.batchId, ids));
	await tx.delete(importRows).where(inArray(importRows.batchId, ids));
	await tx.delete(importBatches).where(inArray(importBatches.id, ids));
}

/**
 * Removes uploads that a stopped server was still reading: their rows are there in part, so nobody
 * could go on with them. Called once for each client file and process, before anything is started.
 * The number of rows is written last, and so tells which were read to the end.
 */
export async function removeBrokenImports(database: Database): Promise<void> {
	const staged = await database.read
		.select({ id: importBatches.id, counts: importBatches.counts })
		.from(importBatches)
		.where(eq(importBatches.status, 'staged'));
	const broken = staged.filter(({ counts }) => counts['rows'] === undefined).map(({ id }) => id);
	if (broken.length > 0) await database.write((tx) => deleteBatches(tx, broken));
}
