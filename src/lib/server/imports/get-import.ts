import { and, desc, eq, isNull } from 'drizzle-orm';
import { IMPORT_KINDS, type ImportKind } from '#lib/contract/imports.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import type { Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import { employees, importBatches, importRows } from '../db/client/schema.ts';
import type { ImportProblem } from '../db/client/tables/imports.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { readSettings } from '../settings/client-settings.ts';
import { findSameFile } from './applied-before.ts';
import {
	loadBatch,
	loadTable,
	readMapping,
	readPlan,
	readReading,
	type BatchRow,
	type ImportBatch
} from './batches.ts';
import { fieldsFor } from './client-fields.ts';
import type { ImportField } from './fields.ts';
import { findFittingPresets, type PresetOffer } from './find-presets.ts';
import { importWork } from './import-work.ts';
import { MAX_ROWS } from './read/reading.ts';
import { suggestMapping, type ColumnSuggestion, type KnownWords } from './suggest-mapping.ts';

const SAMPLE = 50;
const SHOWN = 20;

/** One import with its preview, suggestions and dry run. */
export async function getImport(
	ctx: Context,
	actor: Actor,
	input: { readonly batchId: string }
): Promise<ImportBatch> {
	admitActor(ctx, actor, 'import.read', 'import.edit');
	const batch = await loadBatch(ctx.db.read, input.batchId);
	const kind = kindOf(batch);
	const reading = readReading(batch);
	const rows = await loadTable(ctx.db.read, batch, SAMPLE);
	const isOpen = batch.status === 'staged' || batch.status === 'checked';
	const fields = await fieldsFor(ctx.db.read, kind, batch.recordType);
	const ids = new Set(fields.map(({ id }) => id));
	const presets = isOpen
		? await findFittingPresets(ctx.db.read, kind, batch.header, ids)
		: { offers: [], aliases: new Map<string, readonly string[]>() };
	const table = { header: batch.header, rows, reading };
	const known = await knownWords(ctx.db.read);
	const suggestions = suggestMapping(table, fields, presets.aliases, known);
	return {
		id: batch.id,
		kind,
		recordType: batch.recordType,
		status: batch.status,
		fileName: batch.fileName,
		fileHash: batch.fileHash,
		encoding: batch.encoding,
		delimiter: batch.delimiter,
		header: batch.header,
		preview: rows.slice(0, SHOWN).map(({ cells }) => cells),
		rows: batch.counts['rows'] ?? 0,
		skipped: batch.counts['skipped'] ?? 0,
		reading: reading && { ...reading, shape: reading.shape.kind },
		work: importWork(ctx.clientId, batch.id),
		suggestions,
		presets: presets.offers.map((offer) => withNotation(offer, suggestions)),
		importedBefore: isOpen ? await findSameFile(ctx.db.read, batch, readMapping(batch)) : [],
		problems: batch.problems,
		mapping: readMapping(batch),
		plan: readPlan(batch),
		createdBy: batch.createdBy,
		createdAt: batch.createdAt,
		committedAt: batch.committedAt,
		rolledBackAt: batch.rolledBackAt,
		rollbackReason: batch.rollbackReason
	};
}

/** A preset says what columns mean; how this file writes its figures is seen in its cells. */
function withNotation(offer: PresetOffer, suggestions: readonly ColumnSuggestion[]): PresetOffer {
	if (!offer.mapping || offer.isSaved) return offer;
	const seen = new Map(suggestions.map(({ column, transform }) => [column, transform]));
	const columns = offer.mapping.columns.map((column) => ({
		...column,
		transform: { ...seen.get(column.columns[0] ?? ''), ...column.transform }
	}));
	return { ...offer, mapping: { ...offer.mapping, columns } };
}

/** Ids and names that cells are recognised by. */
async function knownWords(queries: Queries): Promise<KnownWords> {
	const people = await queries
		.select({ id: employees.id })
		.from(employees)
		.where(isNull(employees.withdrawnAt));
	const tree = await loadUnits(queries);
	const units = [...tree.all.values()].flatMap(({ id, name }) => [id, name['zh-CN'], name.en]);
	return {
		employees: new Set(people.map(({ id }) => id)),
		units: new Set(units.map((unit) => unit.toLowerCase())),
		currency: (await readSettings(queries)).currency
	};
}

/** The kind of a batch; packs of a later version may bring others. */
export function kindOf(batch: Pick<BatchRow, 'kind'>): ImportKind {
	const kind = IMPORT_KINDS.find((known) => known === batch.kind);
	if (!kind) throw refuse(commonProblems, 'not_found');
	return kind;
}

/** The fields that a file may be mapped to, for the mapping page. */
export async function findImportFields(
	ctx: Context,
	actor: Actor,
	input: { readonly kind: ImportKind; readonly recordType?: string | null }
): Promise<readonly ImportField[]> {
	admitActor(ctx, actor, 'import.read', 'import.edit');
	return fieldsFor(ctx.db.read, input.kind, input.recordType ?? null);
}

export interface ImportSummary {
	readonly id: string;
	readonly kind: BatchRow['kind'];
	readonly fileName: string;
	readonly status: BatchRow['status'];
	readonly rows: number;
	readonly facts: number;
	readonly rejected: number;
	readonly createdAt: string;
	readonly createdBy: string;
	readonly committedAt: string | null;
	readonly rolledBackAt: string | null;
}

/** All imports, newest first. */
export async function findImports(ctx: Context, actor: Actor): Promise<readonly ImportSummary[]> {
	admitActor(ctx, actor, 'import.read', 'import.edit');
	const rows = await ctx.db.read
		.select()
		.from(importBatches)
		.orderBy(desc(importBatches.createdAt), desc(importBatches.id));
	return rows.map((row) => ({
		id: row.id,
		kind: row.kind,
		fileName: row.fileName,
		status: row.status,
		rows: row.counts['rows'] ?? 0,
		facts: row.counts['facts'] ?? 0,
		rejected: row.counts['rejected'] ?? 0,
		createdAt: row.createdAt,
		createdBy: row.createdBy,
		committedAt: row.committedAt,
		rolledBackAt: row.rolledBackAt
	}));
}

export interface RejectedRow {
	readonly line: number;
	readonly cells: readonly string[];
	readonly problems: readonly ImportProblem[];
}

/** Rows that the dry run refused, with their reasons, in the order of the file. */
export async function findRejectedRows(
	ctx: Context,
	actor: Actor,
	input: { readonly batchId: string; readonly limit?: number }
): Promise<readonly RejectedRow[]> {
	admitActor(ctx, actor, 'import.read', 'import.edit');
	await loadBatch(ctx.db.read, input.batchId);
	const rows = await ctx.db.read
		.select({ line: importRows.line, cells: importRows.cells, problems: importRows.problems })
		.from(importRows)
		.where(and(eq(importRows.batchId, input.batchId), eq(importRows.status, 'rejected')))
		.orderBy(importRows.line)
		.limit(input.limit ?? 1000);
	return rows.map(({ problems, ...row }) => ({ ...row, problems: problems ?? [] }));
}

/** Refused rows as a table to mend and upload again. */
export interface RejectedTable {
	readonly fileName: string;
	readonly header: readonly string[];
	readonly rows: readonly (readonly (string | number)[])[];
}

const REASON_COLUMNS = {
	'zh-CN': ['原文件行', '未导入的原因'],
	en: ['Line in the file', 'Why it was not imported']
} as const;

/**
 * The refused rows with the file's own columns, so that the mended table fits the same mapping, and
 * with what is wrong and what to do behind them.
 */
export async function findRejectedTable(
	ctx: Context,
	actor: Actor,
	input: { readonly batchId: string; readonly locale: Locale }
): Promise<RejectedTable> {
	const rows = await findRejectedRows(ctx, actor, { batchId: input.batchId, limit: MAX_ROWS });
	const batch = await loadBatch(ctx.db.read, input.batchId);
	const header = readReading(batch)?.fileHeader ?? batch.header;
	const { locale } = input;
	return {
		fileName: `${batch.fileName.replace(/\.[^.]+$/, '')}-rejected.csv`,
		header: [...header, ...REASON_COLUMNS[locale]],
		rows: rows.map(({ line, cells, problems }) => [
			...header.map((_, at) => plainNumber(cells[at] ?? '')),
			line,
			problems.map(({ message, advice }) => `${message[locale]} ${advice[locale]}`).join(' ')
		])
	};
}

/** A number that is printed as it stands need not be guarded against formulas. */
function plainNumber(cell: string): string | number {
	return /^-?\d{1,15}(?:\.\d{1,6})?$/.test(cell) && String(Number(cell)) === cell
		? Number(cell)
		: cell;
}
