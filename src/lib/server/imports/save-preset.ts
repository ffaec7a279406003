import * as v from 'valibot';
import { asc, eq } from 'drizzle-orm';
import { toWire } from '#lib/contract/base.ts';
import { importMapping } from '#lib/contract/import-mapping.ts';
import { importKind, type ImportKind } from '#lib/contract/imports.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { importPresets } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { loadBatch, readMapping } from './batches.ts';
import { kindOf } from './get-import.ts';
import { importProblems } from './problems.ts';

export interface ImportPreset {
	readonly id: string;
	readonly kind: ImportKind;
	readonly name: LocalText;
	readonly definition: JsonObject;
}

/** Mappings that packs brought or people saved. */
export async function findPresets(ctx: Context, actor: Actor): Promise<readonly ImportPreset[]> {
	admitActor(ctx, actor, 'import.read', 'import.edit');
	const rows = await ctx.db.read.select().from(importPresets).orderBy(asc(importPresets.id));
	return rows.flatMap(({ id, kind, name, definition }) =>
		v.is(importKind, kind) ? [{ id, kind, name, definition }] : []
	);
}

/**
 * Keeps the mapping of an import under a name. The next file whose header has the same columns
 * gets it suggested. Saving under a name again replaces what it said.
 */
export async function savePreset(
	ctx: Context,
	actor: Actor,
	input: { readonly batchId: string; readonly id: string; readonly name: LocalText }
): Promise<void> {
	admitActor(ctx, actor, 'import.edit');
	await ctx.db.write(async (tx) => {
		const batch = await loadBatch(tx, input.batchId);
		const mapping = readMapping(batch);
		if (!mapping) throw refuse(importProblems, 'import_not_planned');
		const columns = Object.fromEntries(
			mapping.columns.map(({ field, columns: names, transform }) => [
				field,
				{ aliases: names, ...(transform ? { transform } : {}) }
			])
		);
		const definition = JSON.parse(
			JSON.stringify({
				id: input.id,
				for: batch.kind,
				match: mapping.columns.flatMap(({ columns: names }) => names),
				columns,
				request: toWire(importMapping, mapping)
			})
		) as JsonObject;
		const content = { kind: kindOf(batch), name: input.name, definition };
		const now = momentOf(ctx.clock);
		const [known] = await tx
			.select({ id: importPresets.id })
			.from(importPresets)
			.where(eq(importPresets.id, input.id));
		if (known) await tx.update(importPresets).set(content).where(eq(importPresets.id, input.id));
		else {
			await tx
				.insert(importPresets)
				.values({ id: input.id, ...content, createdAt: now, createdBy: actor.userId });
		}
		await recordEvent(tx, ctx, actor, { type: 'preset_saved', preset: input.id });
	});
}
