/** What a mapping makes of a file's first rows while somebody is still at it; nothing is kept. */
import type { ImportMapping } from '#lib/contract/import-mapping.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { loadPeople } from '../people/history.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { readSettings, todayAt } from '../settings/client-settings.ts';
import { loadBatch, loadTable } from './batches.ts';
import { withRepairs } from './check/effective-mapping.ts';
import { bindMapping, type Source } from './check/mapping.ts';
import { rollOf, type Roll } from './check/roll.ts';
import { readCell, shortened } from './check/row-findings.ts';
import { fieldsFor } from './client-fields.ts';
import { kindOf } from './get-import.ts';
import { isMissing, tidyCell } from './read/cells.ts';
import type { FileRow } from './read/reading.ts';

/** One cell as the file has it and as the import reads it. */
export interface CellPreview {
	readonly before: string;
	/** Null where it cannot be read. */
	readonly after: string | null;
}

export interface MappingPreview {
	readonly fields: readonly { readonly field: string; readonly cells: readonly CellPreview[] }[];
	/** Of the first rows, how many the condition keeps. */
	readonly rows: { readonly looked: number; readonly kept: number };
}

/** Rows that are looked at: enough to see what a condition does, few enough to answer at once. */
const LOOKED = 2_000;
const SHOWN = 3;

/** Reads three different cells of every mapped field, and counts the rows that a condition keeps. */
export async function previewMapping(
	ctx: Context,
	actor: Actor,
	input: { readonly batchId: string; readonly mapping: ImportMapping }
): Promise<MappingPreview> {
	admitActor(ctx, actor, 'import.edit');
	const { read } = ctx.db;
	const batch = await loadBatch(read, input.batchId);
	const kind = kindOf(batch);
	const mapping = withRepairs(input.mapping);
	const settings = await readSettings(read);
	const fields = await fieldsFor(read, kind, batch.recordType);
	const bound = bindMapping(kind, { header: batch.header }, mapping, fields);
	const people = await loadPeople(read);
	const today = todayAt(ctx.clock.now(), settings.timeZone);
	const roll = rollOf(people, await loadUnits(read), mapping, today);
	const rows = await loadTable(read, batch, LOOKED);
	const kept = rows.filter(bound.accepts);
	return {
		fields: bound.sources.map((source) => ({
			field: source.field,
			cells: cellsOf(kept, source, mapping, roll)
		})),
		rows: { looked: rows.length, kept: kept.length }
	};
}

function cellsOf(
	rows: readonly FileRow[],
	source: Source,
	mapping: ImportMapping,
	roll: Roll
): CellPreview[] {
	const found = new Map<string, CellPreview>();
	for (const row of rows) {
		if (found.size >= SHOWN) break;
		const before = source.original(row);
		if (isMissing(before) || found.has(before)) continue;
		found.set(before, { before: shortened(before), after: readAs(row, source, mapping, roll) });
	}
	return [...found.values()];
}

function readAs(row: FileRow, source: Source, mapping: ImportMapping, roll: Roll): string | null {
	const read = readCell(source, row);
	if ('expected' in read) return null;
	if ('missing' in read) return '';
	const text = String(read.value);
	if (source.field !== 'employee') return text;
	if (mapping.matchOn !== undefined) {
		const [one, ...others] = roll.employeesWith(mapping.matchOn, text);
		return others.length === 0 ? (one ?? null) : null;
	}
	return roll.employeeOf(tidyCell(text), source.transform.looseId === true) ?? text;
}
