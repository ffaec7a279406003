/** A dry run of many rows away from the main thread, with a connection that only reads. */
import type { ImportMapping } from '#lib/contract/import-mapping.ts';
import { Database } from '../db/database.ts';
import { serveThread } from '../jobs/thread.ts';
import { readDataRevision } from '../snapshots/data-revision.ts';
import { loadBatch } from './batches.ts';
import { packPrepared, type PackedPreparation } from './pack-prepared.ts';
import { prepareImport } from './prepare.ts';

export interface PrepareThreadInput {
	readonly path: string;
	readonly encryptionKey: string | undefined;
	readonly batchId: string;
	readonly mapping: ImportMapping;
	readonly purpose: 'plan' | 'commit';
	/** What “now” is. */
	readonly now: string;
}

serveThread<PrepareThreadInput, PackedPreparation>(async (input, tools) => {
	const { path, encryptionKey, batchId, mapping, purpose, now } = input;
	const database = await Database.openReader(path, { encryptionKey });
	try {
		const revision = await readDataRevision(database.read);
		const batch = await loadBatch(database.read, batchId);
		const clock = { now: () => new Date(now) };
		const prepared = await prepareImport(database.read, clock, batch, mapping, (fraction) => {
			tools.assertWanted();
			tools.progress(fraction);
		});
		tools.assertWanted();
		return packPrepared(prepared, revision, purpose);
	} finally {
		await database.close();
	}
});
