import { and, eq, ne, sql } from 'drizzle-orm';
import type { ImportMapping } from '#lib/contract/import-mapping.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { importBatches, importRows } from '../db/client/schema.ts';
import {
	assertOpen,
	loadBatch,
	storedMapping,
	storedPlan,
	toStoredProblem,
	type BatchRow
} from './batches.ts';
import { assertWanted, runImportWork } from './import-work.ts';
import type { PackedPreparation } from './pack-prepared.ts';
import type { ImportPlan } from './plan.ts';
import { prepareBatch } from './prepare-batch.ts';
import type { ReadOptions } from './read/reading.ts';
import { rereadImport } from './stage-import.ts';

export interface PlanImport {
	readonly batchId: string;
	readonly mapping: ImportMapping;
	/** Another way to read the file than the batch was read in. */
	readonly read?: ReadOptions | undefined;
}

/** Marking many refused rows takes its time. */
const DEADLINE_MS = 30_000;

/**
 * The dry run: saves the mapping and says what a commit would do — what is new, what changes from
 * what to what, what stays, what is refused and why. Writes no fact; may be repeated at will.
 */
export async function planImport(
	ctx: Context,
	actor: Actor,
	input: PlanImport
): Promise<ImportPlan> {
	admitActor(ctx, actor, 'import.edit');
	if (input.read) await rereadImport(ctx, actor, { batchId: input.batchId, read: input.read });
	const batch = await loadBatch(ctx.db.read, input.batchId);
	assertOpen(batch);
	return runImportWork(ctx.clientId, batch.id, 'checking', async (tools) => {
		const prepared = await prepareBatch(ctx, batch, input.mapping, 'plan', tools);
		assertWanted(tools);
		await savePlan(ctx, batch, input.mapping, prepared);
		return prepared.plan;
	});
}

/** Keeps a mapping and its dry run with the batch, and the reasons with the rows that it refuses. */
export async function savePlan(
	ctx: Context,
	batch: BatchRow,
	mapping: ImportMapping,
	{ plan, rejected }: Pick<PackedPreparation, 'plan' | 'rejected'>
): Promise<void> {
	await ctx.db.write(
		async (tx) => {
			assertOpen(await loadBatch(tx, batch.id));
			await tx
				.update(importBatches)
				.set({
					mapping: storedMapping(mapping),
					plan: storedPlan(plan),
					status: 'checked',
					counts: {
						...batch.counts,
						accepted: plan.rows.accepted,
						rejected: plan.rows.rejected,
						repeated: plan.rows.repeated,
						filtered: plan.rows.filtered
					},
					problems: plan.findings.flatMap(({ examples }) => examples.map(toStoredProblem))
				})
				.where(eq(importBatches.id, batch.id));
			await tx
				.update(importRows)
				.set({ status: 'staged', problems: null })
				.where(and(eq(importRows.batchId, batch.id), ne(importRows.status, 'staged')));
			for (const rows of rejected) {
				// One statement for many rows: their reasons travel as one JSON value.
				await tx.run(sql`UPDATE ${importRows} SET status = 'rejected', problems = told.problems
					FROM (SELECT json_extract(value, '$[0]') AS line, json_extract(value, '$[1]') AS problems
						FROM json_each(${rows})) AS told
					WHERE batch_id = ${batch.id} AND import_rows.line = told.line`);
			}
		},
		{ deadlineMs: DEADLINE_MS }
	);
}
