/** Batches and their rows as they are stored, and as pages show them. */
import { count, eq, sql } from 'drizzle-orm';
import * as v from 'valibot';
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { importMapping, type ImportMapping } from '#lib/contract/import-mapping.ts';
import { type ImportKind } from '#lib/contract/imports.ts';
import { importBatches, importRows } from '../db/client/schema.ts';
import type { ImportProblem } from '../db/client/tables/imports.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import type { SameFile } from './applied-before.ts';
import type { PresetOffer } from './find-presets.ts';
import type { ImportWork } from './import-work.ts';
import type { ImportPlan } from './plan.ts';
import { importProblems } from './problems.ts';
import { tableRows } from './read/find-shape.ts';
import { placeOfLine, type FileRow, type ReadingSummary } from './read/reading.ts';
import type { ColumnSuggestion } from './suggest-mapping.ts';

export type BatchRow = typeof importBatches.$inferSelect;

/** A reading as a batch keeps it, with what a person should know of the file. */
export interface StoredReading extends ReadingSummary {
	readonly notes: readonly Diagnostic[];
}

/** What the wizard shows of how a file was read. */
export interface ImportReading extends Omit<StoredReading, 'shape'> {
	readonly shape: ReadingSummary['shape']['kind'];
}

/** What the wizard shows of an import. */
export interface ImportBatch {
	readonly id: string;
	readonly kind: ImportKind;
	readonly recordType: string | null;
	readonly status: BatchRow['status'];
	readonly fileName: string;
	readonly fileHash: string;
	readonly encoding: string | null;
	readonly delimiter: string | null;
	readonly header: readonly string[];
	/** The first rows, cell by cell. */
	readonly preview: readonly (readonly string[])[];
	readonly rows: number;
	/** Lines left out on reading: blank, subtotals and so on. */
	readonly skipped: number;
	/** Null while the file is being read, and for rows that came without a file. */
	readonly reading: ImportReading | null;
	/** What runs now. */
	readonly work: ImportWork | null;
	readonly suggestions: readonly ColumnSuggestion[];
	/** Saved mappings that fit the file, best first. */
	readonly presets: readonly PresetOffer[];
	/** Imports of the very same file that are in effect. */
	readonly importedBefore: readonly SameFile[];
	/** Why a file could not be read that was read in the background; later, examples of findings. */
	readonly problems: readonly ImportProblem[];
	readonly mapping: ImportMapping | null;
	readonly plan: ImportPlan | null;
	readonly createdBy: string;
	readonly createdAt: string;
	readonly committedAt: string | null;
	readonly rolledBackAt: string | null;
	readonly rollbackReason: string | null;
}

/** The batch of an id; 404 where there is none. */
export async function loadBatch(queries: Queries, batchId: string): Promise<BatchRow> {
	const [row] = await queries.select().from(importBatches).where(eq(importBatches.id, batchId));
	if (!row) throw refuse(commonProblems, 'not_found');
	return row;
}

const STATUS_WORDS: Readonly<Record<BatchRow['status'], string>> = {
	staged: '上传',
	checked: '预演',
	committed: '提交',
	rolled_back: '回滚',
	discarded: '放弃'
};

/** Refuses a batch that was committed, rolled back or discarded, or whose upload broke off. */
export function assertOpen(batch: BatchRow): void {
	if (batch.status !== 'staged' && batch.status !== 'checked') {
		throw refuse(importProblems, 'import_not_open', {
			details: { status: batch.status.replace('_', ' '), status_zh: STATUS_WORDS[batch.status] }
		});
	}
	// `rows` is written last, after every row.
	if (batch.counts['rows'] === undefined) throw refuse(importProblems, 'import_incomplete');
}

/** Rows read in one statement: no other request waits long for it. */
const ROWS_PER_READ = 5_000;

/** The staged rows of a batch as they stand in the file, in its order. */
export async function loadRows(
	queries: Queries,
	batchId: string,
	limit = Infinity
): Promise<FileRow[]> {
	const rows: FileRow[] = [];
	for (let after = -1; rows.length < limit;) {
		const size = Math.min(ROWS_PER_READ, limit - rows.length);
		const [found] = await queries.values<[string | null, number | null]>(sql`
			SELECT '[' || group_concat('[' || line || ',' || cells || ']') || ']', max(line) FROM (
				SELECT line, cells FROM ${importRows}
				WHERE batch_id = ${batchId} AND line > ${after} ORDER BY line LIMIT ${size})`);
		if (!found || found[0] === null || found[1] === null) break;
		const part = JSON.parse(found[0]) as (readonly [number, readonly string[]])[];
		for (const [line, cells] of part) rows.push({ line, cells });
		after = found[1];
		await new Promise((resolve) => setImmediate(resolve));
		if (part.length < size) break;
	}
	return rows;
}

/** The rows of a batch in the shape of its table, which is what a mapping is about. */
export async function loadTable(
	queries: Queries,
	batch: Pick<BatchRow, 'id' | 'reading'>,
	limit = Infinity
): Promise<readonly FileRow[]> {
	const rows = await loadRows(queries, batch.id, limit);
	const reading = readReading(batch);
	if (!reading) return rows;
	const isJoined = reading.sheets.filter(({ chosen }) => chosen).length > 1;
	return tableRows(reading.shape, rows).map((row) => {
		if (!isJoined && row.column === undefined) return row;
		const { sheet, line } = placeOfLine(reading, row.line);
		const place = [sheet, line, row.column].filter((part) => part !== null && part !== undefined);
		return { ...row, place: place.join(' · ') };
	});
}

/** How many rows were staged; compared with what the upload counted. */
export async function countRows(queries: Queries, batchId: string): Promise<number> {
	const [row] = await queries
		.select({ rows: count() })
		.from(importRows)
		.where(eq(importRows.batchId, batchId));
	return row?.rows ?? 0;
}

/** The mapping as it was sent (camelCase), kept as JSON. */
export function storedMapping(mapping: ImportMapping): JsonObject {
	return JSON.parse(JSON.stringify(mapping)) as JsonObject;
}

/** Reads a stored mapping back. */
export function readMapping(batch: Pick<BatchRow, 'mapping'>): ImportMapping | null {
	if (batch.mapping === null) return null;
	const mapping = batch.mapping as unknown as ImportMapping;
	// Mappings of earlier versions knew no repairs.
	return { ...mapping, repairs: (mapping.repairs as ImportMapping['repairs'] | undefined) ?? [] };
}

/** Reads a stored plan back. */
export function readPlan(batch: Pick<BatchRow, 'plan'>): ImportPlan | null {
	return batch.plan === null ? null : (batch.plan as unknown as ImportPlan);
}

/** A plan as JSON. */
export function storedPlan(plan: ImportPlan): JsonObject {
	return JSON.parse(JSON.stringify(plan)) as JsonObject;
}

/** A reading as JSON. */
export function storedReading(reading: StoredReading): JsonObject {
	return JSON.parse(JSON.stringify(reading)) as JsonObject;
}

/** Reads a stored reading back; null for rows that came without a file. */
export function readReading(batch: Pick<BatchRow, 'reading'>): StoredReading | null {
	return batch.reading === null ? null : (batch.reading as unknown as StoredReading);
}

/** A finding as it is stored beside the batch and its rows. */
export function toStoredProblem(finding: Diagnostic): ImportProblem {
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

/** Fills the defaults of a mapping written in code (the demo seed, tests). */
export function completeMapping(mapping: v.InferInput<typeof importMapping>): ImportMapping {
	return v.parse(importMapping, mapping);
}

/** A value as a message or a sample shows it. */
export function shown(value: Json): string | null {
	return value === null ? null : String(value);
}
