/**
 * One short text that changes whenever a fact of the client changes: key of every cache of data,
 * and the proof that what was computed outside a transaction still holds inside it. Facts are only
 * added or withdrawn, so the newest ids and withdrawals tell.
 */
import { sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';

/** The revision of a client's facts, people, units, metrics, parameters and settings. */
export async function readDataRevision(queries: Queries): Promise<string> {
	const [row] = await queries.values<(string | number | null)[]>(sql`SELECT
		(SELECT max(id) FROM employee_facts),
		(SELECT max(id) FROM observations),
		(SELECT max(id) FROM targets),
		(SELECT max(id) FROM parameter_values),
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

/** A text that changes whenever people, their attributes or the tree of units do. */
export async function readPeopleRevision(queries: Queries): Promise<string> {
	const [row] = await queries.values<(string | number | null)[]>(sql`SELECT
		(SELECT count(*) || ' ' || count(withdrawn_at) FROM employee_facts),
		(SELECT count(*) || ' ' || count(withdrawn_at) FROM unit_moves),
		(SELECT count(*) || ' ' || count(closed_at) || ' ' || coalesce(group_concat(coalesce(parent_id, ''), ','), '') FROM units)`);
	return Array.from(row ?? [], (value) => String(value ?? '')).join('|');
}
