/**
 * Records as facts: append-only, identified within their type by a key. The current record of a key
 * is the newest that was not withdrawn, so a batch that is withdrawn gives its predecessors back.
 */
import { and, asc, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { bulkInsert } from '../db/bulk.ts';
import { records } from '../db/client/schema.ts';
import type { Queries, Tx } from '../db/database.ts';

/** A record that was read and checked. */
export interface RecordRow {
	/** As `recordKey` gives it. */
	readonly key: string;
	readonly subjectKind: 'employee' | 'unit';
	readonly subjectId: string;
	/** `YYYY-MM-DD`: the value of the type's date column. */
	readonly date: string;
	/** Values by column; blank ones are left out. */
	readonly data: JsonObject;
	/** One-based line of the file it came from. */
	readonly line: number | null;
	readonly source: string | null;
	readonly evidence: string | null;
}

/** Who writes, when, and in which batch. */
export interface RecordBatch {
	/** Id of the record type. */
	readonly type: string;
	readonly batchId: string | null;
	readonly recordedAt: string;
	readonly recordedBy: string;
}

export interface RecordChange {
	readonly row: RecordRow;
	readonly before: Pick<RecordRow, 'subjectKind' | 'subjectId' | 'date' | 'data'>;
}

export interface RecordComparison {
	readonly added: readonly RecordRow[];
	readonly changed: readonly RecordChange[];
	/** Rows that say what is known already. */
	readonly unchanged: number;
	/** Rows of the same file whose key a later row has as well: the last one counts. */
	readonly repeated: number;
}

/** SQLite compares a list of so many values well within its limits. */
const KEYS_AT_ONCE = 500;

/** Compares rows with the current records of their keys; of equal keys among them the last counts. */
export async function compareRecords(
	queries: Queries,
	type: string,
	rows: readonly RecordRow[]
): Promise<RecordComparison> {
	const last = new Map(rows.map((row) => [row.key, row]));
	const added: RecordRow[] = [];
	const changed: RecordChange[] = [];
	const all = [...last.values()];
	for (let at = 0; at < all.length; at += KEYS_AT_ONCE) {
		const chunk = all.slice(at, at + KEYS_AT_ONCE);
		const current = await currentRecords(
			queries,
			type,
			chunk.map(({ key }) => key)
		);
		for (const row of chunk) {
			const before = current.get(row.key);
			if (!before) added.push(row);
			else if (contentOf(before) !== contentOf(row)) changed.push({ row, before });
		}
	}
	return {
		added,
		changed,
		unchanged: all.length - added.length - changed.length,
		repeated: rows.length - all.length
	};
}

/**
 * Appends what is new or different, in the caller's transaction. The row that a changed one
 * replaces stays as the fact it was: the newer one counts as long as it is not withdrawn.
 */
export async function writeRecords(
	tx: Tx,
	batch: RecordBatch,
	rows: readonly RecordRow[]
): Promise<RecordComparison> {
	const compared = await compareRecords(tx, batch.type, rows);
	const { type, batchId, recordedAt, recordedBy } = batch;
	const news = [...compared.added, ...compared.changed.map(({ row }) => row)];
	await bulkInsert(
		tx,
		records,
		news.map(({ key, subjectKind, subjectId, date, data, line, source, evidence }) => ({
			type,
			key,
			subjectKind,
			subjectId,
			date,
			data,
			line,
			source,
			evidence,
			batchId,
			recordedAt,
			recordedBy
		}))
	);
	return compared;
}

/** Withdraws what a batch brought: the records it replaced are current again. Gives their number. */
export async function withdrawRecords(
	tx: Tx,
	batchId: string,
	withdrawn: { readonly withdrawnAt: string; readonly withdrawnBy: string }
): Promise<number> {
	const result = await tx
		.update(records)
		.set(withdrawn)
		.where(and(eq(records.batchId, batchId), isNull(records.withdrawnAt)));
	return result.rowsAffected;
}

/** True for the newest version of its key that was not withdrawn, as known at a moment. */
export function isCurrentRecord(knownAt: string | null = null): SQL {
	if (knownAt === null) {
		return sql`${records.withdrawnAt} IS NULL AND NOT EXISTS (
			SELECT 1 FROM records AS later WHERE later.type = ${records.type} AND later.key = ${records.key}
				AND later.id > ${records.id} AND later.withdrawn_at IS NULL)`;
	}
	return sql`${records.recordedAt} <= ${knownAt}
		AND (${records.withdrawnAt} IS NULL OR ${records.withdrawnAt} > ${knownAt})
		AND NOT EXISTS (
			SELECT 1 FROM records AS later WHERE later.type = ${records.type} AND later.key = ${records.key}
				AND later.id > ${records.id} AND later.recorded_at <= ${knownAt}
				AND (later.withdrawn_at IS NULL OR later.withdrawn_at > ${knownAt}))`;
}

async function currentRecords(queries: Queries, type: string, keys: readonly string[]) {
	const rows = await queries
		.select({
			key: records.key,
			subjectKind: records.subjectKind,
			subjectId: records.subjectId,
			date: records.date,
			data: records.data
		})
		.from(records)
		.where(
			and(eq(records.type, type), inArray(records.key, [...keys]), isNull(records.withdrawnAt))
		)
		.orderBy(asc(records.id));
	return new Map(rows.map((row) => [row.key, row]));
}

function contentOf({ subjectKind, subjectId, date, data }: RecordChange['before']): string {
	return canonicalJson([subjectKind, subjectId, date, data]);
}
