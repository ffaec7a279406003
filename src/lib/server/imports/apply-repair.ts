import * as v from 'valibot';
import { toWire } from '#lib/contract/base.ts';
import { importMapping, type ImportMapping, type ImportRepair } from '#lib/contract/imports.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { refuse } from '../http/problem.ts';
import { loadBatch, readMapping, readPlan } from './batches.ts';
import { planImport } from './plan-import.ts';
import type { ImportPlan } from './plan.ts';
import { importProblems } from './problems.ts';
import type { RepairOffer } from './repairs.ts';

/** One of the ways that the dry run offers for a group, or repairs that a person made. */
export type ApplyRepair =
	| {
			readonly batchId: string;
			readonly code: string;
			readonly column: string | null;
			/** Which of the group's repairs, from 0. */
			readonly offer: number;
	  }
	| { readonly batchId: string; readonly repairs: readonly ImportRepair[] };

/**
 * Mends all rows of one fault: changes the mapping, which the batch keeps, and looks at the dry run
 * again. Refused where the dry run does not offer it any more.
 */
export async function applyRepair(
	ctx: Context,
	actor: Actor,
	input: ApplyRepair
): Promise<ImportPlan> {
	admitActor(ctx, actor, 'import.edit');
	const batch = await loadBatch(ctx.db.read, input.batchId);
	const mapping = readMapping(batch);
	const plan = readPlan(batch);
	if (!mapping || !plan) throw refuse(importProblems, 'import_not_planned');
	if ('repairs' in input) {
		const repairs = [...mapping.repairs, ...input.repairs];
		return planImport(ctx, actor, { batchId: batch.id, mapping: { ...mapping, repairs } });
	}
	const group = plan.findings.find(
		({ code, column }) => code === input.code && column === input.column
	);
	const offer = group?.repairs[input.offer];
	if (!offer) throw refuse(importProblems, 'import_plan_stale');
	return planImport(ctx, actor, { batchId: batch.id, mapping: repaired(mapping, offer) });
}

/** The mapping with an offer applied. */
export function repaired(mapping: ImportMapping, { apply }: RepairOffer): ImportMapping {
	const wire = toWire(importMapping, mapping) as Readonly<Record<string, unknown>> & {
		readonly columns: readonly { readonly field: string; readonly transform?: object }[];
		readonly repairs?: readonly unknown[];
	};
	const { transform } = apply;
	return v.parse(importMapping, {
		...wire,
		...apply.mapping,
		columns: wire.columns.map((column) =>
			column.field === transform?.field
				? { ...column, transform: { ...column.transform, ...transform.set } }
				: column
		),
		repairs: [...(wire.repairs ?? []), ...(apply.repairs ?? [])]
	});
}
