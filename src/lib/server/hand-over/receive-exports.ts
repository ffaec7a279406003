import type { ColumnSuggestion } from '../imports/suggest-mapping.ts';
import { SURE } from '../imports/suggest-mapping.ts';
import type { ImportMapping } from '#lib/contract/import-mapping.ts';
import type { ImportKind } from '#lib/contract/imports.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { completeMapping, type ImportBatch } from '../imports/batches.ts';
import { findImportFields } from '../imports/get-import.ts';
import { planImport } from '../imports/plan-import.ts';
import { stageImport } from '../imports/stage-import.ts';

export interface ReceiveExports {
	readonly files: readonly {
		readonly kind: ImportKind;
		readonly fileName: string;
		readonly bytes: Uint8Array;
	}[];
}

export interface ReceivedExport {
	readonly batchId: string;
	/** False when a person has to say first what some of the columns are. */
	readonly planned: boolean;
}

/**
 * Reads a client's exports in and, where every column was recognised, makes the dry run at once:
 * a preset of the pack knows the export. What is not certain waits for a person on the import's page.
 */
export async function receiveExports(
	ctx: Context,
	actor: Actor,
	input: ReceiveExports
): Promise<readonly ReceivedExport[]> {
	admitActor(ctx, actor, 'import.edit');
	const received: ReceivedExport[] = [];
	for (const { kind, fileName, bytes } of input.files) {
		const batch = await stageImport(ctx, actor, { kind, fileName, bytes });
		const fields = await findImportFields(ctx, actor, { kind });
		const required = fields.filter((field) => field.required).map(({ id }) => id);
		const mapping = certainMapping(batch, required);
		if (mapping) await planImport(ctx, actor, { batchId: batch.id, mapping });
		received.push({ batchId: batch.id, planned: mapping !== null });
	}
	return received;
}

/** The mapping that nobody needs to be asked about; null where something is in doubt. */
function certainMapping(batch: ImportBatch, required: readonly string[]): ImportMapping | null {
	if (batch.suggestions.some(isDoubtful)) return null;
	const columns = batch.suggestions.flatMap(({ column, field, transform }) =>
		field === null ? [] : [{ field, columns: [column], ...(transform ? { transform } : {}) }]
	);
	const mapped = new Set(columns.map(({ field }) => field));
	if (required.some((field) => !mapped.has(field))) return null;
	return completeMapping({
		columns,
		...(batch.kind === 'people' ? { create_units: true } : {})
	});
}

/** A column that means nothing is left out and listed; one that is only likely must be asked about. */
export function isDoubtful({ field, confidence }: ColumnSuggestion): boolean {
	return field !== null && confidence < SURE;
}
