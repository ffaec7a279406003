/** Data that arrived, or was taken back, after a period had been scored: seen, never slipped in. */
import { and, asc, desc, eq, gt, inArray, or, sql } from 'drizzle-orm';
import { monthsOf } from '#lib/contract/periods.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { observations, scoringRuns } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { loadPeople } from '../people/history.ts';
import { readSettings } from '../settings/client-settings.ts';

export interface LateFigure {
	readonly id: number;
	readonly subjectKind: 'employee' | 'unit';
	readonly subjectId: string;
	readonly metric: string;
	/** Period of the figure. */
	readonly period: string;
	/** Period that had been scored, and when. */
	readonly scoredPeriod: string;
	readonly scoredAt: string;
	readonly value: number | null;
	readonly source: string | null;
	readonly recordedAt: string;
	/** Set when it had counted in the score and was taken back since. */
	readonly withdrawnAt: string | null;
}

/** Late figures of the newest run of each period, or of one person in one period. */
export async function loadLateFigures(
	queries: Queries,
	only: { readonly subjectId?: string; readonly runId?: string } = {}
): Promise<readonly LateFigure[]> {
	const { fiscalMonth } = await readSettings(queries);
	const runs = await queries
		.select({ id: scoringRuns.id, period: scoringRuns.period, at: scoringRuns.createdAt })
		.from(scoringRuns)
		.where(eq(scoringRuns.status, 'done'))
		.orderBy(desc(scoringRuns.createdAt));
	const found: LateFigure[] = [];
	const seen = new Set<string>();
	for (const run of runs) {
		if (only.runId === undefined ? seen.has(run.period) : run.id !== only.runId) continue;
		seen.add(run.period);
		const periods = [...new Set([run.period, ...monthsOf(run.period, fiscalMonth)])];
		const rows = await queries
			.select({
				id: observations.id,
				subjectKind: observations.subjectKind,
				subjectId: observations.subjectId,
				metric: observations.metric,
				period: observations.period,
				value: observations.value,
				source: observations.source,
				recordedAt: observations.recordedAt,
				withdrawnAt: observations.withdrawnAt
			})
			.from(observations)
			.where(
				and(
					inArray(observations.period, periods),
					or(
						and(gt(observations.recordedAt, run.at), sql`${observations.withdrawnAt} IS NULL`),
						and(sql`${observations.recordedAt} <= ${run.at}`, gt(observations.withdrawnAt, run.at))
					),
					only.subjectId === undefined ? undefined : eq(observations.subjectId, only.subjectId)
				)
			)
			.orderBy(asc(observations.id))
			.limit(MOST);
		for (const row of rows) found.push({ ...row, scoredPeriod: run.period, scoredAt: run.at });
	}
	return found;
}

/** More than this is a re-import: the count says enough. */
const MOST = 2_000;

export interface NamedLateFigure extends LateFigure {
	readonly name: string;
}

/** The list of late figures, for those who may read everybody's facts. */
export async function findLateFigures(
	ctx: Context,
	actor: Actor
): Promise<readonly NamedLateFigure[]> {
	admitActor(ctx, actor, 'fact.read');
	const [people, late] = [await loadPeople(ctx.db.read), await loadLateFigures(ctx.db.read)];
	return late.map((one) => ({
		...one,
		name: people.all.get(one.subjectId)?.name ?? one.subjectId
	}));
}
