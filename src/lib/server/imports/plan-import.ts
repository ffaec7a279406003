import { and, eq, sql } from 'drizzle-orm';
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import type { ImportMapping } from '#lib/contract/imports.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { importBatches, importRows } from '../db/client/schema.ts';
import type { ImportProblem } from '../db/client/tables/imports.ts';
import { assertOpen, loadBatch, storedMapping, storedPlan } from './batches.ts';
import type { CheckedRow } from './check/row-findings.ts';
import type { ImportPlan } from './plan.ts';
import { prepareImport } from './prepare.ts';

export interface PlanImport {
	readonly batchId: string;
	readonly mapping: ImportMapping;
}

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
	const batch = await loadBatch(ctx.db.read, input.batchId);
	assertOpen(batch);
	const { plan, checked } = await prepareImport(ctx.db.read, ctx.clock, batch, input.mapping);

	await ctx.db.write(async (tx) => {
		assertOpen(await loadBatch(tx, batch.id));
		await tx
			.update(importBatches)
			.set({
				mapping: storedMapping(input.mapping),
				plan: storedPlan(plan),
				status: 'checked',
				counts: {
					...batch.counts,
					accepted: plan.rows.accepted,
					rejected: plan.rows.rejected,
					repeated: plan.rows.repeated,
					filtered: plan.rows.filtered
				},
				problems: plan.findings.flatMap(({ examples }) => examples.map(toProblem))
			})
			.where(eq(importBatches.id, batch.id));
		await tx
			.update(importRows)
			.set({ status: 'staged', problems: null })
			.where(eq(importRows.batchId, batch.id));
		for (const rows of chunks(rejectedRows(checked), 2_000)) {
			// One statement for many rows: the reasons travel as one JSON value.
			await tx
				.update(importRows)
				.set({
					status: 'rejected',
					problems: sql`(SELECT json_extract(value, '$[1]') FROM json_each(${JSON.stringify(rows)}) WHERE json_extract(value, '$[0]') = ${importRows.line})`
				})
				.where(
					and(
						eq(importRows.batchId, batch.id),
						sql`${importRows.line} IN (SELECT json_extract(value, '$[0]') FROM json_each(${JSON.stringify(rows)}))`
					)
				);
		}
	});
	return plan;
}

function rejectedRows(checked: readonly CheckedRow<unknown>[]): [number, ImportProblem[]][] {
	return checked
		.filter(({ status }) => status === 'rejected')
		.map(({ line, problems }) => [line, problems.map(toProblem)]);
}

function* chunks<T>(rows: readonly T[], size: number): Generator<readonly T[]> {
	for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

/** A finding as it is stored beside the batch and its rows. */
function toProblem(finding: Diagnostic): ImportProblem {
	const column = finding.details['column'];
	return {
		code: finding.code,
		severity: finding.severity,
		line: finding.line ?? null,
		column: typeof column === 'string' ? column : null,
		message: finding.message,
		advice: finding.advice
	};
}
