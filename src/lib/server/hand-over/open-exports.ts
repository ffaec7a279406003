import { and, desc, inArray } from 'drizzle-orm';
import type { ImportKind } from '#lib/contract/imports.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { importBatches } from '../db/client/schema.ts';
import type { ImportBatch } from '../imports/batches.ts';
import { commitImport, type ImportCommitted } from '../imports/commit-import.ts';
import { getImport } from '../imports/get-import.ts';
import { isDoubtful } from './receive-exports.ts';

/** A file that was read in and not committed, as the wizard sums it up. */
export interface OpenExport {
	readonly id: string;
	readonly kind: ImportKind;
	readonly fileName: string;
	readonly columns: number;
	readonly recognised: number;
	/** Columns that nothing was found for; they are left out. */
	readonly ignored: readonly string[];
	/** Columns whose meaning a person has to confirm. */
	readonly doubtful: readonly string[];
	readonly plan: ImportBatch['plan'];
}

/** What waits to be committed of the given kinds, oldest first. */
export async function findOpenExports(
	ctx: Context,
	actor: Actor,
	kinds: readonly ImportKind[]
): Promise<readonly OpenExport[]> {
	admitActor(ctx, actor, 'import.read', 'import.edit');
	const rows = await ctx.db.read
		.select({ id: importBatches.id })
		.from(importBatches)
		.where(
			and(
				inArray(importBatches.status, ['staged', 'checked']),
				inArray(importBatches.kind, [...kinds])
			)
		)
		.orderBy(desc(importBatches.createdAt), desc(importBatches.id));
	const batches = await Promise.all(
		rows.reverse().map(({ id }) => getImport(ctx, actor, { batchId: id }))
	);
	return batches.map((batch) => ({
		id: batch.id,
		kind: batch.kind,
		fileName: batch.fileName,
		columns: batch.suggestions.length,
		recognised: batch.suggestions.filter(({ field }) => field !== null).length,
		ignored: batch.suggestions.filter(({ field }) => field === null).map(({ column }) => column),
		doubtful: batch.plan ? [] : batch.suggestions.filter(isDoubtful).map(({ column }) => column),
		plan: batch.plan
	}));
}

export interface CommitExports {
	/** The batches with the plans that were on screen. */
	readonly plans: readonly { readonly batchId: string; readonly planHash: string }[];
	/** Rows that were refused stay out, knowingly. */
	readonly withoutRejected: boolean;
}

/**
 * Commits the files one by one, each in a transaction of its own: a refusal of one leaves those
 * before it in place and says which it was by staying on the list.
 */
export async function commitExports(
	ctx: Context,
	actor: Actor,
	input: CommitExports
): Promise<readonly ImportCommitted[]> {
	const committed: ImportCommitted[] = [];
	for (const { batchId, planHash } of input.plans) {
		committed.push(
			await commitImport(ctx, actor, { batchId, planHash, withoutRejected: input.withoutRejected })
		);
	}
	return committed;
}
