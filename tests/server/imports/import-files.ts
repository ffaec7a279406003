/** Small files for import tests, and the way through the wizard in one call. */
import type { InferInput } from 'valibot';
import type { importMapping } from '#lib/contract/import-mapping.ts';
import type { ImportKind } from '#lib/contract/imports.ts';
import type { Actor, Context } from '#lib/server/context.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { saveMetric } from '#lib/server/metrics/save-metric.ts';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export type MappingInput = InferInput<typeof importMapping>;

/** Fields by column, for mappings without extras. */
export function columns(pairs: Readonly<Record<string, string>>): MappingInput['columns'] {
	return Object.entries(pairs).map(([column, field]) => ({ field, columns: [column] }));
}

/** Stages, plans and commits a file. */
export async function importFile(
	ctx: Context,
	actor: Actor,
	kind: ImportKind,
	content: string | Uint8Array,
	mapping: MappingInput,
	fileName = `${kind}.csv`
) {
	const bytes = typeof content === 'string' ? bytesOf(content) : content;
	const batch = await stageImport(ctx, actor, { kind, fileName, bytes });
	const plan = await planImport(ctx, actor, {
		batchId: batch.id,
		mapping: completeMapping(mapping)
	});
	const done = await commitImport(ctx, actor, { batchId: batch.id, planHash: plan.planHash });
	return { batch, plan, done };
}

/** A plain monthly metric that is summed up. */
export function metric(id: string, extra: Record<string, unknown> = {}) {
	return {
		id,
		name: { 'zh-CN': id, en: id },
		unit: 'count',
		direction: 'higher',
		class: 'result',
		grain: 'employee',
		period: 'month',
		aggregation: 'sum',
		...extra
	};
}

/** Registers metrics. */
export async function registerMetrics(
	ctx: Context,
	actor: Actor,
	definitions: readonly Record<string, unknown>[]
): Promise<void> {
	for (const definition of definitions) await saveMetric(ctx, actor, { definition, revision: 0 });
}
