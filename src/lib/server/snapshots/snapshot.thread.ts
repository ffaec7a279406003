/** Builds a snapshot away from the main thread, with a connection that only reads. */
import { tableHash } from '#lib/engine/table/hash.ts';
import { tableOfSnapshot, type Snapshot } from '#lib/engine/table/snapshot.ts';
import { Database } from '../db/database.ts';
import { serveThread } from '../jobs/thread.ts';
import { buildSnapshot, type SnapshotRequest } from './build-snapshot.ts';
import type { SnapshotBasis } from './changes.ts';
import { readDataRevision } from './data-revision.ts';
import type { RecordChunk } from './record-chunks.ts';
import type { EarlierSnapshot } from './reuse.ts';

export interface SnapshotThreadInput {
	readonly path: string;
	readonly encryptionKey: string | undefined;
	readonly request: SnapshotRequest;
	/** What “now” is. */
	readonly now: string;
	/** What was taken from the client's records before. */
	readonly chunks: readonly RecordChunk[];
	/** The same range before the latest changes. */
	readonly earlier: EarlierSnapshot | null;
}

export interface TakenSnapshot {
	readonly snapshot: Snapshot;
	/** Over the facts of the table: part of every result computed from it. */
	readonly hash: string;
	readonly revision: string;
	/** What had to be taken from records anew. */
	readonly chunks: readonly RecordChunk[];
	/** What the next snapshot of the range can be told from. */
	readonly basis: SnapshotBasis | null;
}

/** Somebody who writes all the time must not starve a replay; the last attempt stands. */
const ATTEMPTS = 5;

serveThread<SnapshotThreadInput, TakenSnapshot>(async (input, tools) => {
	const { path, encryptionKey, request, now, earlier } = input;
	const database = await Database.openReader(path, { encryptionKey });
	try {
		for (let attempt = 1; ; attempt += 1) {
			const revision = await readDataRevision(database.read);
			const kept = new Map(input.chunks.map((chunk) => [chunk.key, chunk]));
			const chunks: RecordChunk[] = [];
			let basis: SnapshotBasis | null = null;
			const snapshot = await buildSnapshot(database.read, request, {
				now,
				kept,
				keep: (built) => chunks.push(...built),
				earlier,
				basis: (state) => (basis = state)
			});
			tools.assertWanted();
			// The parts are read by several statements: a commit in between would mix two states.
			if (attempt < ATTEMPTS && (await readDataRevision(database.read)) !== revision) continue;
			return { snapshot, hash: tableHash(tableOfSnapshot(snapshot)), revision, chunks, basis };
		}
	} finally {
		await database.close();
	}
});
