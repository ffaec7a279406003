/** The dry run of a batch: here where it is short, in a thread where it would hold others up. */
import type { ImportMapping } from '#lib/contract/import-mapping.ts';
import { momentOf } from '../clock.ts';
import { readConfig } from '../config.ts';
import type { Context } from '../context.ts';
import { clientPath } from '../db/client-path.ts';
import { refuse } from '../http/problem.ts';
import { Cancelled, runThread, ThreadFailure } from '../jobs/run-thread.ts';
import { readDataRevision } from '../snapshots/data-revision.ts';
import type { BatchRow } from './batches.ts';
import { assertWanted, THREAD_HEAP_MB, type WorkTools } from './import-work.ts';
import { packPrepared, type PackedPreparation } from './pack-prepared.ts';
import { prepareImport } from './prepare.ts';
import type { PrepareThreadInput } from './prepare.thread.ts';
import prepareThread from './prepare.thread.ts?thread';
import { importProblems } from './problems.ts';

/** Starting a thread takes as long as checking so many rows. */
const ROWS_HERE = 3_000;

/** Checks the rows of a batch against what is known now. */
export async function prepareBatch(
	ctx: Context,
	batch: BatchRow,
	mapping: ImportMapping,
	purpose: 'plan' | 'commit',
	tools: WorkTools
): Promise<PackedPreparation> {
	if ((batch.counts['rows'] ?? 0) <= ROWS_HERE) {
		const revision = await readDataRevision(ctx.db.read);
		const prepared = await prepareImport(ctx.db.read, ctx.clock, batch, mapping, (fraction) => {
			assertWanted(tools);
			tools.tell('checking', fraction);
		});
		return packPrepared(prepared, revision, purpose);
	}
	try {
		return await runThread<PrepareThreadInput, PackedPreparation>(
			prepareThread,
			{
				path: clientPath(ctx.dataDir, ctx.clientId),
				encryptionKey: readConfig(process.env).encryptionKey,
				batchId: batch.id,
				mapping,
				purpose,
				now: momentOf(ctx.clock)
			},
			{
				signal: tools.signal,
				heapMb: THREAD_HEAP_MB,
				onProgress: (fraction) => tools.tell('checking', fraction)
			}
		);
	} catch (error) {
		if (error instanceof Cancelled) throw refuse(importProblems, 'import_cancelled');
		if (error instanceof ThreadFailure && (error.code === 'timeout' || error.code === 'crashed')) {
			throw refuse(importProblems, 'import_reading_failed', { cause: error });
		}
		throw error;
	}
}
