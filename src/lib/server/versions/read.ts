/** Reading versions: pieces that several use cases share. */
import { and, asc, eq } from 'drizzle-orm';
import { comparePeriods, parsePeriod, type Period } from '../../engine/scheme/period.ts';
import { versions } from '../db/client/tables/schemes.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { readSettings } from '../settings/client-settings.ts';

export type VersionRow = typeof versions.$inferSelect;

export async function readVersion(
	queries: Queries,
	schemeId: string,
	number: number
): Promise<VersionRow> {
	const [version] = await queries
		.select()
		.from(versions)
		.where(and(eq(versions.schemeId, schemeId), eq(versions.number, number)));
	if (!version) throw refuse(commonProblems, 'not_found');
	return version;
}

/**
 * The version of a scheme that is in force in a period: the newest of those that take effect in it
 * or before. Null before the first takes effect, and for anything that is no period.
 */
export async function getVersionInForce(
	queries: Queries,
	schemeId: string,
	periodId: string
): Promise<VersionRow | null> {
	const rows = await queries.select().from(versions).where(eq(versions.schemeId, schemeId));
	const { fiscalMonth } = await readSettings(queries);
	return newestInForce(rows, periodId, fiscalMonth);
}

/**
 * The versions in force in a period, one a scheme, in the order of the schemes' ids. Schemes that
 * score periods of another length do not belong to it.
 */
export async function getVersionsInForce(
	queries: Queries,
	periodId: string
): Promise<readonly VersionRow[]> {
	const rows = await queries.select().from(versions).orderBy(asc(versions.schemeId));
	const { fiscalMonth } = await readSettings(queries);
	const length = parsePeriod(periodId)?.length;
	const schemeIds = [...new Set(rows.map(({ schemeId }) => schemeId))];
	return schemeIds
		.map((id) => rows.filter(({ schemeId }) => schemeId === id))
		.map((ofScheme) => newestInForce(ofScheme, periodId, fiscalMonth))
		.filter((version) => version !== null)
		.filter(({ document }) => document.period === length);
}

function newestInForce(
	rows: readonly VersionRow[],
	periodId: string,
	fiscalMonth: number
): VersionRow | null {
	const period = parsePeriod(periodId);
	if (!period) return null;
	const inForce = rows.filter(({ effectiveFrom }) => {
		const from = parsePeriod(effectiveFrom);
		return from !== null && !isBefore(period, from, fiscalMonth);
	});
	return inForce.reduce<VersionRow | null>(
		(newest, row) => (newest && newest.number > row.number ? newest : row),
		null
	);
}

/** True when the first period begins before the second does. */
export function isBefore(a: Period, b: Period, fiscalMonth: number): boolean {
	return comparePeriods(a, b, fiscalMonth) < 0;
}
