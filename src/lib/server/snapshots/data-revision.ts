/**
 * One short text that changes whenever a fact of the client changes: key of every cache of data,
 * and the proof that what was computed outside a transaction still holds inside it. Facts are only
 * added or withdrawn, so the newest ids and withdrawals tell.
 */
import { sql } from 'drizzle-orm';
import type { Database, Queries } from '../db/database.ts';

/** The revision of a client's facts, people, units, metrics, parameters, rates and settings. */
export async function readDataRevision(queries: Queries): Promise<string> {
	const [row] = await queries.values<(string | number | null)[]>(sql`SELECT
		(SELECT max(id) FROM employee_facts),
		(SELECT max(id) FROM observations),
		(SELECT max(id) FROM targets),
		(SELECT coalesce(max(id), 0) || ' ' || count(withdrawn_at) FROM parameter_values),
		(SELECT coalesce(max(id), 0) || ' ' || count(withdrawn_at) FROM currency_rates),
		(SELECT max(id) FROM unit_moves),
		(SELECT coalesce(sum(revision), 0) FROM record_months),
		(SELECT count(*) FROM record_corrections) || ' ' || (SELECT coalesce(max(revision), 0) || count(*) FROM record_types),
		(SELECT count(DISTINCT period) FROM scoring_runs WHERE status = 'done'),
		(SELECT count(*) FROM metrics),
		(SELECT count(*) || ' ' || coalesce(max(name), '') || ' ' || coalesce(sum(length(name)), 0) || ' ' || count(withdrawn_at) FROM employees),
		(SELECT count(*) || ' ' || count(closed_at) || ' ' || coalesce(group_concat(coalesce(parent_id, ''), ','), '') FROM units),
		(SELECT count(rolled_back_at) || ' ' || coalesce(max(rolled_back_at), '') FROM import_batches),
		(SELECT count(*) || ' ' || coalesce(max(withdrawn_at), '') FROM targets WHERE withdrawn_at IS NOT NULL),
		(SELECT coalesce(group_concat(key || '=' || value), '') FROM settings)`);
	return Array.from(row ?? [], (value) => String(value ?? '')).join('|');
}

interface KnownRevision {
	/** What the file says of commits by other connections, the writing one among them. */
	readonly version: string;
	readonly revision: string;
}

const known = new WeakMap<Database, KnownRevision>();

/**
 * The same, read anew only when something was committed since: for requests that come many times a
 * second. A commit in between is seen by the next request.
 */
export async function latestDataRevision(db: Database): Promise<string> {
	const [row] = await db.select('PRAGMA data_version');
	const version = String(row?.[0] ?? '');
	const before = known.get(db);
	if (before?.version === version) return before.revision;
	const revision = await readDataRevision(db.read);
	known.set(db, { version, revision });
	return revision;
}

/** A text that changes whenever people, their attributes or the tree of units do. */
export async function readPeopleRevision(queries: Queries): Promise<string> {
	const [row] = await queries.values<(string | number | null)[]>(sql`SELECT
		(SELECT count(*) || ' ' || count(withdrawn_at) FROM employee_facts),
		(SELECT count(*) || ' ' || count(withdrawn_at) FROM unit_moves),
		(SELECT count(*) || ' ' || count(closed_at) || ' ' || coalesce(group_concat(coalesce(parent_id, ''), ','), '') FROM units)`);
	return Array.from(row ?? [], (value) => String(value ?? '')).join('|');
}
