/** Batches and their rows as they are stored, and as pages show them. */
import { asc, count, eq } from 'drizzle-orm';
import * as v from 'valibot';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { importMapping, type ImportKind, type ImportMapping } from '#lib/contract/imports.ts';
import { bulkRead } from '../db/bulk.ts';
import { importBatches, importRows } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import type { ImportPlan } from './plan.ts';
import { importProblems } from './problems.ts';
import type { FileRow } from './read/read-csv.ts';
import type { ColumnSuggestion } from './suggest-mapping.ts';

export type BatchRow = typeof importBatches.$inferSelect;

/** What the wizard shows of an import. */
export interface ImportBatch {
	readonly id: string;
	readonly kind: ImportKind;
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
	readonly suggestions: readonly ColumnSuggestion[];
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

/** The staged rows of a batch, in the order of the file. */
export async function loadRows(queries: Queries, batchId: string): Promise<FileRow[]> {
	const rows: FileRow[] = [];
	const columns = ['line', 'cells'] as const;
	for await (const chunk of bulkRead(
		queries,
		importRows,
		columns,
		eq(importRows.batchId, batchId)
	)) {
		for (const [line, cells] of chunk as readonly (readonly [number, readonly string[]])[]) {
			rows.push({ line, cells });
		}
		await new Promise((resolve) => setImmediate(resolve));
	}
	return rows;
}

/** How many rows were staged; compared with what the upload counted. */
export async function countRows(queries: Queries, batchId: string): Promise<number> {
	const [row] = await queries
		.select({ rows: count() })
		.from(importRows)
		.where(eq(importRows.batchId, batchId));
	return row?.rows ?? 0;
}

/** The first rows, for the preview. */
export async function firstRows(queries: Queries, batchId: string, limit = 20): Promise<FileRow[]> {
	return queries
		.select({ line: importRows.line, cells: importRows.cells })
		.from(importRows)
		.where(eq(importRows.batchId, batchId))
		.orderBy(asc(importRows.line))
		.limit(limit);
}

/** The mapping as it was sent (camelCase), kept as JSON. */
export function storedMapping(mapping: ImportMapping): JsonObject {
	return JSON.parse(JSON.stringify(mapping)) as JsonObject;
}

/** Reads a stored mapping back. */
export function readMapping(batch: Pick<BatchRow, 'mapping'>): ImportMapping | null {
	return batch.mapping === null ? null : (batch.mapping as unknown as ImportMapping);
}

/** Reads a stored plan back. */
export function readPlan(batch: Pick<BatchRow, 'plan'>): ImportPlan | null {
	return batch.plan === null ? null : (batch.plan as unknown as ImportPlan);
}

/** A plan as JSON. */
export function storedPlan(plan: ImportPlan): JsonObject {
	return JSON.parse(JSON.stringify(plan)) as JsonObject;
}

/** Fills the defaults of a mapping written in code (the demo seed, tests). */
export function completeMapping(mapping: v.InferInput<typeof importMapping>): ImportMapping {
	return v.parse(importMapping, mapping);
}

/** A value as a message or a sample shows it. */
export function shown(value: Json): string | null {
	return value === null ? null : String(value);
}
