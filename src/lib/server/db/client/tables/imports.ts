/** Imports: a file is staged, mapped, checked, then committed in one transaction or not at all. */
import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { LocalText } from '../../../../engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '../../../../engine/logic/rule.ts';
import { json, moment } from '../../columns.ts';
import type { PackOrigin } from './metrics.ts';

export const IMPORT_KINDS = [
	'people',
	'units',
	'observations',
	'targets',
	'parameters',
	'records'
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const IMPORT_STATUSES = [
	'staged',
	'checked',
	'committed',
	'rolled_back',
	'discarded'
] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** A finding about one row or the whole file, as the error list shows it. */
export interface ImportProblem {
	readonly code: string;
	readonly severity: 'error' | 'warning' | 'hint';
	/** One-based line of the file; null for the whole file. */
	readonly line: number | null;
	readonly column: string | null;
	readonly message: LocalText;
	readonly advice: LocalText;
}

export const importBatches = sqliteTable(
	'import_batches',
	{
		id: text('id').primaryKey(),
		kind: text('kind', { enum: IMPORT_KINDS }).notNull(),
		fileName: text('file_name').notNull(),
		/** SHA-256 of the file's bytes: the same file with the same mapping is applied once. */
		fileHash: text('file_hash').notNull(),
		fileSize: integer('file_size').notNull(),
		encoding: text('encoding'),
		delimiter: text('delimiter'),
		header: json<readonly string[]>('header').notNull(),
		/** How the file was read: its table, what was detected and why, what was set aside. */
		reading: json<JsonObject>('reading'),
		/** Which type the rows of a batch of records have. */
		recordType: text('record_type'),
		/** Which column fills which field, and how. */
		mapping: json<JsonObject>('mapping'),
		/** What the dry run said: new, changed, unchanged, rejected, sums per column. */
		plan: json<JsonObject>('plan'),
		presetId: text('preset_id'),
		status: text('status', { enum: IMPORT_STATUSES }).notNull(),
		/** Rows read, accepted, rejected, facts added and so on. */
		counts: json<Readonly<Record<string, number>>>('counts').notNull(),
		problems: json<readonly ImportProblem[]>('problems').notNull(),
		createdAt: moment('created_at').notNull(),
		createdBy: text('created_by').notNull(),
		committedAt: moment('committed_at'),
		committedBy: text('committed_by'),
		rolledBackAt: moment('rolled_back_at'),
		rolledBackBy: text('rolled_back_by'),
		rollbackReason: text('rollback_reason'),
		/** What registers that are not facts (units) said before the commit. */
		undo: json<JsonObject>('undo')
	},
	(table) => [
		index('import_batches_created').on(table.createdAt),
		index('import_batches_file').on(table.kind, table.fileHash)
	]
);

/** Rows of a staged file, cell by cell as text; kept after the commit as evidence. */
export const importRows = sqliteTable(
	'import_rows',
	{
		batchId: text('batch_id')
			.notNull()
			.references(() => importBatches.id),
		/** One-based line of the file. */
		line: integer('line').notNull(),
		cells: json<readonly string[]>('cells').notNull(),
		/** The row as facts, once it was checked and found good. */
		parsed: json<Json>('parsed'),
		status: text('status', { enum: ['staged', 'accepted', 'rejected', 'unchanged'] }).notNull(),
		problems: json<readonly ImportProblem[]>('problems')
	},
	(table) => [
		primaryKey({ columns: [table.batchId, table.line] }),
		index('import_rows_status').on(table.batchId, table.status)
	]
);

/**
 * The bytes of a staged file in parts, so that it can be read again in another way. Gone once the
 * batch was committed or set aside.
 */
export const importFiles = sqliteTable(
	'import_files',
	{
		batchId: text('batch_id')
			.notNull()
			.references(() => importBatches.id),
		part: integer('part').notNull(),
		bytes: blob('bytes', { mode: 'buffer' }).notNull()
	},
	(table) => [primaryKey({ columns: [table.batchId, table.part] })]
);

/** Mappings to use again, from packs or saved by a person. */
export const importPresets = sqliteTable('import_presets', {
	id: text('id').primaryKey(),
	kind: text('kind', { enum: IMPORT_KINDS }).notNull(),
	name: json<LocalText>('name').notNull(),
	definition: json<JsonObject>('definition').notNull(),
	origin: json<PackOrigin>('origin'),
	createdAt: moment('created_at').notNull(),
	createdBy: text('created_by').notNull()
});
