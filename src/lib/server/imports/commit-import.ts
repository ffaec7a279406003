import { eq } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { importBatches } from '../db/client/schema.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { readDataRevision } from '../snapshots/data-revision.ts';
import { assertOpen, loadBatch, readMapping, type BatchRow } from './batches.ts';
import { assertWanted, runImportWork, type WorkTools } from './import-work.ts';
import type { PackedPreparation } from './pack-prepared.ts';
import { prepareBatch } from './prepare-batch.ts';
import { importProblems } from './problems.ts';
import { dropFile } from './staged-file.ts';
import { writeFacts } from './write-facts.ts';

export interface CommitImport {
	readonly batchId: string;
	/** The plan that was on screen. */
	readonly planHash: string;
	/** Rows that were refused stay out, knowingly. */
	readonly withoutRejected?: boolean;
}

export interface ImportCommitted {
	readonly batchId: string;
	/** Facts written; 0 when the file said nothing new. */
	readonly facts: number;
	readonly peopleAdded: number;
	readonly unitsCreated: readonly string[];
	readonly rejected: number;
}

const COMMIT_DEADLINE_MS = 60_000;

/**
 * Writes the facts of a dry run in one transaction.
 *
 * Refused when the data or the mapping changed since the plan that is quoted. A file that says
 * nothing new, or whose very import is in effect already, is set aside and changes nothing. Repeating a
 * commit that went through gives the same answer.
 */
export async function commitImport(
	ctx: Context,
	actor: Actor,
	input: CommitImport
): Promise<ImportCommitted> {
	admitActor(ctx, actor, 'import.edit');
	const batch = await loadBatch(ctx.db.read, input.batchId);
	if (batch.status === 'committed') return committedBefore(batch.id, batch.counts);
	assertOpen(batch);
	const mapping = readMapping(batch);
	if (!mapping) throw refuse(importProblems, 'import_not_planned');

	// Checking takes long and happens before the transaction. Whoever writes meanwhile makes it start
	// over; only a different outcome is a reason to ask the person again.
	return runImportWork(ctx.clientId, batch.id, 'committing', async (tools) => {
		for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
			const prepared = await prepareBatch(ctx, batch, mapping, 'commit', tools);
			assertAsPlanned(prepared, input);
			const done = await commitPrepared(ctx, actor, batch, prepared, tools);
			if (done) return done;
		}
		throw refuse(importProblems, 'import_plan_stale');
	});
}

/** Others who write all the time must not keep an import from ending. */
const ATTEMPTS = 4;

function assertAsPlanned({ plan }: PackedPreparation, input: CommitImport): void {
	if (plan.planHash !== input.planHash) throw refuse(importProblems, 'import_plan_stale');
	if (!plan.canCommit) throw refuse(importProblems, 'import_cannot_commit');
	if (plan.rows.rejected > 0 && !input.withoutRejected) {
		throw refuse(importProblems, 'import_has_rejects', { details: { count: plan.rows.rejected } });
	}
}

/**
 * Writes what was prepared, in one transaction; null when the data changed since it was. Stopped
 * midway it undoes everything.
 */
export async function commitPrepared(
	ctx: Context,
	actor: Actor,
	batch: BatchRow,
	prepared: PackedPreparation,
	tools: WorkTools
): Promise<ImportCommitted | null> {
	const { plan, write, revision } = prepared;
	return ctx.db.write(
		async (tx) => {
			const now = await loadBatch(tx, batch.id);
			if (now.status === 'committed') return committedBefore(now.id, now.counts);
			assertOpen(now);
			if ((await readDataRevision(tx)) !== revision) return null;
			const isNews = plan.facts.new + plan.facts.changed + plan.unitsCreated.length > 0;
			if (!isNews && (plan.people?.new ?? 0) === 0) return setAside(tx, ctx, actor, batch.id);

			const facts = await writeFacts(tx, write, {
				batchId: batch.id,
				recordedAt: momentOf(ctx.clock),
				recordedBy: actor.userId,
				told(fraction) {
					assertWanted(tools);
					tools.tell('committing', fraction);
				}
			});
			assertWanted(tools);
			await dropFile(tx, batch.id);
			const peopleAdded = plan.people?.new ?? 0;
			await tx
				.update(importBatches)
				.set({
					status: 'committed',
					counts: { ...now.counts, facts, peopleAdded },
					committedAt: momentOf(ctx.clock),
					committedBy: actor.userId
				})
				.where(eq(importBatches.id, batch.id));
			await recordEvent(tx, ctx, actor, {
				type: 'import_committed',
				batch: batch.id,
				kind: batch.kind,
				file_hash: batch.fileHash,
				facts,
				rejected: plan.rows.rejected
			});
			const { unitsCreated, rows } = plan;
			return { batchId: batch.id, facts, peopleAdded, unitsCreated, rejected: rows.rejected };
		},
		{ deadlineMs: COMMIT_DEADLINE_MS }
	);
}

function committedBefore(
	batchId: string,
	counts: Readonly<Record<string, number>>
): ImportCommitted {
	return {
		batchId,
		facts: counts['facts'] ?? 0,
		peopleAdded: counts['peopleAdded'] ?? 0,
		unitsCreated: [],
		rejected: counts['rejected'] ?? 0
	};
}

/** A file that says nothing new is not in effect: there is nothing of it to roll back. */
async function setAside(
	tx: Tx,
	ctx: Context,
	actor: Actor,
	batchId: string
): Promise<ImportCommitted> {
	await dropFile(tx, batchId);
	await tx.update(importBatches).set({ status: 'discarded' }).where(eq(importBatches.id, batchId));
	await recordEvent(tx, ctx, actor, { type: 'import_discarded', batch: batchId });
	return { batchId, facts: 0, peopleAdded: 0, unitsCreated: [], rejected: 0 };
}
