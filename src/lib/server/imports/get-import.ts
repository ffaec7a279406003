import { desc, eq } from 'drizzle-orm';
import { IMPORT_KINDS, type ImportKind } from '#lib/contract/imports.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { importBatches, importPresets, importRows } from '../db/client/schema.ts';
import type { ImportProblem } from '../db/client/tables/imports.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { loadPeople } from '../people/history.ts';
import {
	firstRows,
	loadBatch,
	readMapping,
	readPlan,
	type BatchRow,
	type ImportBatch
} from './batches.ts';
import { importFields, type ImportField } from './fields.ts';
import type { FileRow } from './read/read-csv.ts';
import { suggestMapping, type PresetAliases } from './suggest-mapping.ts';
import { and } from 'drizzle-orm';

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
	const rows = await firstRows(ctx.db.read, batch.id, SAMPLE);
	const fields = await fieldsFor(ctx.db.read, kindOf(batch));
	const presets = await presetAliases(ctx.db.read, kindOf(batch), batch.header);
	return toImportBatch(batch, rows, fields, presets);
}

function toImportBatch(
	batch: BatchRow,
	rows: readonly FileRow[],
	fields: readonly ImportField[],
	presets: PresetAliases
): ImportBatch {
	return {
		id: batch.id,
		kind: kindOf(batch),
		status: batch.status,
		fileName: batch.fileName,
		fileHash: batch.fileHash,
		encoding: batch.encoding,
		delimiter: batch.delimiter,
		header: batch.header,
		preview: rows.slice(0, SHOWN).map(({ cells }) => cells),
		rows: batch.counts['rows'] ?? 0,
		skipped: batch.counts['skipped'] ?? 0,
		suggestions: suggestMapping({ header: batch.header, rows }, fields, presets),
		mapping: readMapping(batch),
		plan: readPlan(batch),
		createdBy: batch.createdBy,
		createdAt: batch.createdAt,
		committedAt: batch.committedAt,
		rolledBackAt: batch.rolledBackAt,
		rollbackReason: batch.rollbackReason
	};
}

/** The kind of a batch that this room handles; packs bring others. */
export function kindOf(batch: Pick<BatchRow, 'kind'>): ImportKind {
	const kind = IMPORT_KINDS.find((known) => known === batch.kind);
	if (!kind) throw refuse(commonProblems, 'not_found');
	return kind;
}

/** The fields that a file of this kind may be mapped to at this client. */
export async function fieldsFor(queries: Queries, kind: ImportKind): Promise<ImportField[]> {
	const metrics = [...(await loadMetrics(queries)).values()];
	const attributes = kind === 'people' ? (await loadPeople(queries)).attributeIds() : [];
	return importFields(kind, metrics, attributes);
}

/** The same, for the mapping page. */
export async function findImportFields(
	ctx: Context,
	actor: Actor,
	input: { readonly kind: ImportKind }
): Promise<readonly ImportField[]> {
	admitActor(ctx, actor, 'import.read', 'import.edit');
	return fieldsFor(ctx.db.read, input.kind);
}

/** Names that saved presets and packs give the fields, where a preset fits the file's header. */
async function presetAliases(
	queries: Queries,
	kind: ImportKind,
	header: readonly string[]
): Promise<PresetAliases> {
	const rows = await queries.select().from(importPresets).where(eq(importPresets.kind, kind));
	const aliases = new Map<string, string[]>();
	const present = new Set(header);
	for (const { definition } of rows) {
		const match: unknown = definition['match'];
		if (Array.isArray(match) && !match.every((name) => present.has(String(name)))) continue;
		for (const [field, entry] of Object.entries((definition['columns'] ?? {}) as object)) {
			aliases.set(field, [...(aliases.get(field) ?? []), ...aliasesOf(entry)]);
		}
	}
	return aliases;
}

/** A preset lists names, or an object with `aliases`. */
function aliasesOf(entry: unknown): string[] {
	const list: unknown =
		typeof entry === 'object' && entry !== null && 'aliases' in entry ? entry.aliases : entry;
	if (typeof list === 'string') return [list];
	return Array.isArray(list) ? list.map(String) : [];
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
