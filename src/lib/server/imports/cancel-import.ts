import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { refuse } from '../http/problem.ts';
import { loadBatch } from './batches.ts';
import { cancelImportWork } from './import-work.ts';
import { importProblems } from './problems.ts';

/**
 * Stops what runs for an import: reading, staging, checking or committing. A commit is one
 * transaction, so what it wrote by then is undone.
 */
export async function cancelImport(
	ctx: Context,
	actor: Actor,
	input: { readonly batchId: string }
): Promise<void> {
	admitActor(ctx, actor, 'import.edit');
	const batch = await loadBatch(ctx.db.read, input.batchId);
	if (!cancelImportWork(ctx.clientId, batch.id))
		throw refuse(importProblems, 'import_nothing_runs');
}
