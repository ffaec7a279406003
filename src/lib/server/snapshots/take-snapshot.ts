/**
 * Snapshots by client and data revision. Built once in a thread, kept under a byte budget in shared
 * memory, and handed to every thread that scores without a copy.
 */
import type { Context } from '../context.ts';
import { clientPath } from '../db/client-path.ts';
import { runThread, type RunThreadOptions } from '../jobs/run-thread.ts';
import { readConfig } from '../config.ts';
import { momentOf } from '../clock.ts';
import type { SnapshotRequest } from './build-snapshot.ts';
import { readDataRevision } from './data-revision.ts';
import { recordChunks } from './kept-chunks.ts';
import type { EarlierSnapshot } from './reuse.ts';
import type { SnapshotThreadInput, TakenSnapshot } from './snapshot.thread.ts';
import snapshotThread from './snapshot.thread.ts?thread';

export type { TakenSnapshot } from './snapshot.thread.ts';

const BUDGET_BYTES = 256 * 1024 * 1024;

interface Kept {
	/** The client, the range and all else that an earlier snapshot must have in common. */
	readonly series: string;
	/** Once it is there, what the next of the series is told from. */
	readonly earlier: () => EarlierSnapshot | null;
	readonly bytes: () => number;
	readonly taken: Promise<TakenSnapshot>;
}

/**
 * In the order of last use; promises, so that two first requests build once. Two bundles run in
 * one process; they share this through `globalThis`.
 */
const KEPT = Symbol.for('quanheng.snapshots');
const shared = globalThis as { [KEPT]?: Map<string, Kept> };
const kept = (shared[KEPT] ??= new Map<string, Kept>());

/** The table of a client's history that a scheme needs, as of the data's present revision. */
export async function takeSnapshot(
	ctx: Pick<Context, 'db' | 'clientId' | 'dataDir' | 'clock'>,
	request: SnapshotRequest,
	options: RunThreadOptions = {}
): Promise<TakenSnapshot> {
	const revision = await readDataRevision(ctx.db.read);
	const client = JSON.stringify([ctx.dataDir, ctx.clientId]);
	const now = momentOf(ctx.clock);
	const series = JSON.stringify([
		client,
		request.range,
		request.length,
		request.parameters ?? [],
		request.knownAt ?? null
	]);
	const key = JSON.stringify([
		series,
		revision,
		[...request.paths].sort(),
		request.metrics ?? [],
		// Correction windows end with a day, wherever the client is.
		now.slice(0, 13)
	]);
	const known = kept.get(key);
	if (known) {
		kept.delete(key);
		kept.set(key, known);
		return known.taken;
	}
	const taken = runThread<SnapshotThreadInput, TakenSnapshot>(
		snapshotThread,
		{
			path: clientPath(ctx.dataDir, ctx.clientId),
			encryptionKey: readConfig(process.env).encryptionKey,
			request,
			now,
			chunks: recordChunks.of(client),
			earlier: newestOf(series)
		},
		options
	);
	let settled: TakenSnapshot | null = null;
	kept.set(key, {
		series,
		bytes: () => settled?.snapshot.layout.bytes ?? 0,
		earlier: () => (settled?.basis ? { snapshot: settled.snapshot, basis: settled.basis } : null),
		taken
	});
	try {
		const result = await taken;
		settled = result;
		recordChunks.keep(client, result.chunks);
		letGo();
		return result;
	} catch (error) {
		kept.delete(key);
		throw error;
	}
}

/** The snapshot of a series that was used last. */
function newestOf(series: string): EarlierSnapshot | null {
	const ofSeries = [...kept.values()].filter((one) => one.series === series);
	return ofSeries.findLast((one) => one.earlier() !== null)?.earlier() ?? null;
}

/** Lets the longest unused go until the rest fits; who still holds one keeps it alive. */
function letGo(): void {
	let total = [...kept.values()].reduce((sum, { bytes }) => sum + bytes(), 0);
	for (const [key, entry] of kept) {
		if (total <= BUDGET_BYTES || kept.size <= 1) return;
		total -= entry.bytes();
		kept.delete(key);
	}
}
