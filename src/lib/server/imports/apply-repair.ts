import * as v from 'valibot';
import { toWire } from '#lib/contract/base.ts';
import {
	importMapping,
	type ImportMapping,
	type ImportRepair
} from '#lib/contract/import-mapping.ts';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { refuse } from '../http/problem.ts';
import { loadBatch, readMapping, readPlan } from './batches.ts';
import { planImport } from './plan-import.ts';
import type { ImportPlan } from './plan.ts';
import { importProblems } from './problems.ts';

/** One of the ways that the dry run offers for a group, repairs of one's own, or some taken back. */
export type ApplyRepair =
	| {
			readonly batchId: string;
			readonly code: string;
			readonly column: string | null;
			/** Which of the group's repairs, from 0. */
			readonly offer: number;
	  }
	| { readonly batchId: string; readonly repairs: readonly ImportRepair[] }
	| { readonly batchId: string; readonly undo: readonly ImportRepair[] };

/**
 * Mends all rows of one fault: appends rules to the mapping, which the batch keeps, and looks at the
 * dry run again. What one call appends is one step, and can be taken back by itself. Refused where
 * the dry run does not offer it any more, or the mapping does not hold what is to be taken back.
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
	const planned = (changed: ImportMapping) =>
		planImport(ctx, actor, { batchId: batch.id, mapping: changed });
	if ('undo' in input) return planned(without(mapping, input.undo));
	if ('repairs' in input) return planned(repaired(mapping, input.repairs));
	const group = plan.findings.find(
		({ code, column }) => code === input.code && column === input.column
	);
	const offer = group?.repairs[input.offer];
	if (!offer) throw refuse(importProblems, 'import_plan_stale');
	return planned(repaired(mapping, offer.apply.repairs));
}

/** The mapping with repairs appended as one step. */
function repaired(mapping: ImportMapping, repairs: readonly object[]): ImportMapping {
	const step = Math.max(0, ...mapping.repairs.map((repair) => repair.step ?? 0)) + 1;
	const wire = toWire(importMapping, mapping) as { readonly repairs?: readonly unknown[] };
	return v.parse(importMapping, {
		...wire,
		repairs: [...(wire.repairs ?? []), ...repairs.map((repair) => ({ ...repair, step }))]
	});
}

function without(mapping: ImportMapping, undo: readonly ImportRepair[]): ImportMapping {
	const gone = new Set(undo.map(textOf));
	const repairs = mapping.repairs.filter((repair) => !gone.has(textOf(repair)));
	if (mapping.repairs.length - repairs.length < gone.size) {
		throw refuse(importProblems, 'import_plan_stale');
	}
	return { ...mapping, repairs };
}

function textOf(repair: ImportRepair): string {
	return canonicalJson(JSON.parse(JSON.stringify(repair)) as Json);
}
