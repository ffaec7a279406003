import { and, eq, gt, inArray, isNull, ne, sql } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import {
	employeeFacts,
	employees,
	importBatches,
	observations,
	parameterValues,
	replays,
	scoringRuns,
	targets,
	unitMoves,
	units
} from '../db/client/schema.ts';
import type { Queries, Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { withdrawRecords } from '../records/write-records.ts';
import { assertOpen, loadBatch, type BatchRow } from './batches.ts';
import type { UnitState } from './compare/units.ts';
import { cancelImportWork } from './import-work.ts';
import { dropFile } from './staged-file.ts';
import type { UnitsUndo } from './write-facts.ts';
import { importProblems } from './problems.ts';

/** What was built on a batch after it was committed; it stays, and a person should know. */
export interface BuiltOn {
	/** Scoring runs and replays that read the data. */
	readonly scoringRuns: readonly { readonly id: string; readonly period: string }[];
	readonly replays: readonly string[];
	/** Later batches that are in effect. */
	readonly laterImports: readonly { readonly id: string; readonly fileName: string }[];
	/** People of this batch about whom others have told something since: they stay on the roll. */
	readonly peopleKept: readonly string[];
	/** Units that were changed again since: they keep what the later change says. */
	readonly unitsKept: readonly string[];
}

export interface ImportRolledBack {
	readonly batchId: string;
	readonly facts: number;
	readonly peopleWithdrawn: number;
	readonly unitsClosed: number;
	readonly builtOn: BuiltOn;
}

/** What a roll-back would find built on the batch: shown before a person confirms it. */
export async function previewRollBack(
	ctx: Context,
	actor: Actor,
	input: { readonly batchId: string }
): Promise<BuiltOn> {
	admitActor(ctx, actor, 'import.edit');
	const batch = await loadBatch(ctx.db.read, input.batchId);
	return builtOn(ctx.db.read, batch.id, batch.committedAt);
}

/**
 * Withdraws everything a batch brought: the current view is again what it was without it. The facts
 * stay as withdrawn, so results computed from them can still be explained.
 */
export async function rollBackImport(
	ctx: Context,
	actor: Actor,
	input: { readonly batchId: string; readonly reason?: string }
): Promise<ImportRolledBack> {
	admitActor(ctx, actor, 'import.edit');
	return ctx.db.write(
		async (tx) => {
			const batch = await loadBatch(tx, input.batchId);
			if (batch.status !== 'committed') throw refuse(importProblems, 'import_not_committed');
			const built = await builtOn(tx, batch.id, batch.committedAt);
			const now = momentOf(ctx.clock);
			const withdrawn = { withdrawnAt: now, withdrawnBy: actor.userId };
			let facts = 0;
			for (const table of [employeeFacts, observations, targets, parameterValues, unitMoves]) {
				const result = await tx
					.update(table)
					.set(withdrawn)
					.where(and(eq(table.batchId, batch.id), isNull(table.withdrawnAt)));
				facts += result.rowsAffected;
			}
			facts += await withdrawRecords(tx, batch.id, withdrawn);
			await restoreUnits(tx, batch, built.unitsKept);
			const people = await withdrawPeople(tx, batch.id, built.peopleKept, withdrawn);
			await restoreNames(tx, batch.id);
			const unitsClosed = await closeEmptyUnits(tx, batch.id, now);
			await tx
				.update(importBatches)
				.set({
					status: 'rolled_back',
					rolledBackAt: now,
					rolledBackBy: actor.userId,
					rollbackReason: input.reason ?? null
				})
				.where(eq(importBatches.id, batch.id));
			await recordEvent(tx, ctx, actor, {
				type: 'import_rolled_back',
				batch: batch.id,
				facts,
				reason: input.reason ?? ''
			});
			return { batchId: batch.id, facts, peopleWithdrawn: people, unitsClosed, builtOn: built };
		},
		{ deadlineMs: 60_000 }
	);
}

/** Sets a staged file aside for good. */
export async function discardImport(
	ctx: Context,
	actor: Actor,
	input: { readonly batchId: string }
): Promise<void> {
	admitActor(ctx, actor, 'import.edit');
	await ctx.db.write(async (tx) => {
		const batch = await loadBatch(tx, input.batchId);
		if (batch.status === 'discarded') return;
		// An upload that broke off may be set aside too.
		if (batch.counts['rows'] !== undefined) assertOpen(batch);
		cancelImportWork(ctx.clientId, batch.id);
		await dropFile(tx, batch.id);
		await tx
			.update(importBatches)
			.set({ status: 'discarded' })
			.where(eq(importBatches.id, batch.id));
		await recordEvent(tx, ctx, actor, { type: 'import_discarded', batch: batch.id });
	});
}

async function builtOn(queries: Queries, batchId: string, since: string | null): Promise<BuiltOn> {
	const from = since ?? '9999';
	const runs = await queries
		.select({ id: scoringRuns.id, period: scoringRuns.period })
		.from(scoringRuns)
		.where(and(gt(scoringRuns.createdAt, from), eq(scoringRuns.status, 'done')));
	const replayed = await queries
		.select({ id: replays.id })
		.from(replays)
		.where(and(gt(replays.createdAt, from), eq(replays.status, 'done')));
	const later = await queries
		.select({ id: importBatches.id, fileName: importBatches.fileName })
		.from(importBatches)
		.where(
			and(
				eq(importBatches.status, 'committed'),
				ne(importBatches.id, batchId),
				gt(importBatches.committedAt, from)
			)
		);
	return {
		scoringRuns: runs,
		replays: replayed.map(({ id }) => id),
		laterImports: later,
		peopleKept: await peopleToldOfSince(queries, batchId),
		unitsKept: await unitsChangedSince(queries, batchId)
	};
}

/** What a batch of units says of what they were before it. */
function undoOf(batch: Pick<BatchRow, 'undo'>): UnitsUndo['units'] {
	return batch.undo === null ? [] : (batch.undo as unknown as UnitsUndo).units;
}

/** Units that do not say any more what the batch made them say. */
async function unitsChangedSince(queries: Queries, batchId: string): Promise<string[]> {
	const planned = undoOf(await loadBatch(queries, batchId)).filter(({ before }) => before);
	if (planned.length === 0) return [];
	const { all } = await loadUnits(queries);
	return planned
		.filter(({ id, after }) => {
			const now = all.get(id);
			return !now || sameState(now) !== sameState(after);
		})
		.map(({ id }) => id);
}

function sameState({ name, kind, parentId }: UnitState): string {
	return canonicalJson([name['zh-CN'], name.en, kind, parentId]);
}

/** Units get back what they said before the batch, unless somebody changed them since. */
async function restoreUnits(tx: Tx, batch: BatchRow, kept: readonly string[]): Promise<void> {
	for (const { id, before } of undoOf(batch)) {
		if (!before || kept.includes(id)) continue;
		await tx
			.update(units)
			.set({ name: before.name, kind: before.kind, parentId: before.parentId })
			.where(eq(units.id, id));
	}
}

/** People whom this batch put on the roll and of whom another source knows something. */
async function peopleToldOfSince(queries: Queries, batchId: string): Promise<string[]> {
	const rows = await queries.values<[string]>(sql`
		SELECT id FROM ${employees} WHERE ${employees.batchId} = ${batchId} AND (
			id IN (SELECT employee_id FROM employee_facts WHERE withdrawn_at IS NULL AND coalesce(batch_id, '') <> ${batchId})
			OR id IN (SELECT subject_id FROM observations WHERE subject_kind = 'employee' AND withdrawn_at IS NULL)
			OR id IN (SELECT subject_id FROM targets WHERE subject_kind = 'employee' AND withdrawn_at IS NULL)
		) ORDER BY id`);
	return rows.map((row) => row[0]);
}

async function withdrawPeople(
	tx: Tx,
	batchId: string,
	kept: readonly string[],
	withdrawn: { readonly withdrawnAt: string; readonly withdrawnBy: string }
): Promise<number> {
	const stays = new Set(kept);
	const made = await tx
		.select({ id: employees.id })
		.from(employees)
		.where(and(eq(employees.batchId, batchId), isNull(employees.withdrawnAt)));
	const gone = made.map(({ id }) => id).filter((id) => !stays.has(id));
	for (let at = 0; at < gone.length; at += 500) {
		await tx
			.update(employees)
			.set(withdrawn)
			.where(inArray(employees.id, gone.slice(at, at + 500)));
	}
	return gone.length;
}

/** People whom the batch renamed get the name that is known without it. */
async function restoreNames(tx: Tx, batchId: string): Promise<void> {
	await tx.run(sql`UPDATE employees SET name = coalesce((
			SELECT json_extract(value, '$') FROM employee_facts
			WHERE employee_id = employees.id AND attribute = 'name' AND withdrawn_at IS NULL
			ORDER BY valid_from DESC, id DESC LIMIT 1), name)
		WHERE id IN (SELECT employee_id FROM employee_facts WHERE batch_id = ${batchId} AND attribute = 'name')`);
}

/**
 * Closes units that the batch made, unless somebody else's facts place people or units in them by
 * now. From the leaves upward: a unit with units below it is not empty.
 */
async function closeEmptyUnits(tx: Tx, batchId: string, now: string): Promise<number> {
	let closed = 0;
	for (;;) {
		const result = await tx
			.update(units)
			.set({ closedAt: now })
			.where(
				and(
					eq(units.batchId, batchId),
					isNull(units.closedAt),
					sql`json_quote(${units.id}) NOT IN (SELECT value FROM employee_facts WHERE attribute = 'unit' AND withdrawn_at IS NULL)`,
					sql`${units.id} NOT IN (SELECT parent_id FROM units WHERE parent_id IS NOT NULL AND closed_at IS NULL)`
				)
			);
		if (result.rowsAffected === 0) return closed;
		closed += result.rowsAffected;
	}
}
