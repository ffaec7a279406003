/**
 * Figures for which two sources told different values (one from the business system, one typed by
 * a department): they wait for somebody to say which holds, and scores resting on them are
 * provisional meanwhile.
 */
import { and, asc, gte, isNull, lte, sql } from 'drizzle-orm';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { observations, reconciliations } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { figureKey } from '../imports/check/figure-rows.ts';
import { loadPeople } from '../people/history.ts';

export interface SourceValue {
	readonly id: number;
	/** Null where nobody named one. */
	readonly source: string | null;
	readonly value: number | null;
	readonly evidence: string | null;
	readonly batchId: string | null;
	readonly recordedAt: string;
}

export interface Difference {
	readonly subjectKind: 'employee' | 'unit';
	readonly subjectId: string;
	readonly metric: string;
	readonly period: string;
	/** The newest value of each source, oldest first: the last one counts meanwhile. */
	readonly values: readonly SourceValue[];
}

export interface DifferenceRange {
	readonly from?: string;
	readonly to?: string;
	readonly subjectId?: string;
}

/** What a decision records as its source; it is no source of its own. */
export const RECONCILED = 'reconciled';

/** The open differences, by period, metric and subject. */
export async function loadDifferences(
	queries: Queries,
	range: DifferenceRange = {}
): Promise<readonly Difference[]> {
	const { from, to, subjectId } = range;
	const key = sql`${observations.subjectKind}, ${observations.subjectId}, ${observations.metric}, ${observations.period}`;
	const within = and(
		isNull(observations.withdrawnAt),
		from === undefined ? undefined : gte(observations.period, from),
		to === undefined ? undefined : lte(observations.period, to),
		subjectId === undefined ? undefined : sql`${observations.subjectId} = ${subjectId}`
	);
	// Only figures that were told by more than one source at all are read.
	const several = sql`(${observations.subjectKind}, ${observations.subjectId}, ${observations.metric}, ${observations.period}) IN (
		SELECT ${key} FROM ${observations} WHERE ${within}
		GROUP BY 1, 2, 3, 4 HAVING count(DISTINCT coalesce(${observations.source}, '')) > 1)`;
	const rows = await queries
		.select({
			id: observations.id,
			subjectKind: observations.subjectKind,
			subjectId: observations.subjectId,
			metric: observations.metric,
			period: observations.period,
			value: observations.value,
			source: observations.source,
			evidence: observations.evidence,
			batchId: observations.batchId,
			recordedAt: observations.recordedAt
		})
		.from(observations)
		.where(and(within, several))
		.orderBy(asc(observations.id));
	const decided = await queries
		.select({
			subjectKind: reconciliations.subjectKind,
			subjectId: reconciliations.subjectId,
			metric: reconciliations.metric,
			period: reconciliations.period,
			lastId: reconciliations.lastId
		})
		.from(reconciliations)
		.orderBy(asc(reconciliations.id));
	const settled = new Map(decided.map((one) => [figureKey(one), one.lastId]));
	const figures = new Map<string, { figure: Omit<Difference, 'values'>; values: SourceValue[] }>();
	for (const { subjectKind, subjectId: subject, metric, period, ...value } of rows) {
		const figure = { subjectKind, subjectId: subject, metric, period };
		const name = figureKey(figure);
		const known = figures.get(name) ?? { figure, values: [] };
		known.values.push(value);
		figures.set(name, known);
	}
	return [...figures]
		.filter(([name, { values }]) => (values.at(-1)?.id ?? 0) > (settled.get(name) ?? 0))
		.map(([, { figure, values }]) => ({ ...figure, values: newestOfEach(values) }))
		.filter(({ values }) => new Set(values.map(({ value }) => value)).size > 1)
		.sort(
			(a, b) =>
				compare(b.period, a.period) ||
				compare(a.metric, b.metric) ||
				compare(a.subjectId, b.subjectId)
		);
}

function newestOfEach(values: readonly SourceValue[]): SourceValue[] {
	const newest = new Map<string, SourceValue>();
	for (const value of values) {
		if (value.source === RECONCILED) continue;
		newest.delete(value.source ?? '');
		newest.set(value.source ?? '', value);
	}
	return [...newest.values()];
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

export interface NamedDifference extends Difference {
	readonly name: string;
}

/** The queue of open differences, newest period first. */
export async function findDifferences(
	ctx: Context,
	actor: Actor
): Promise<readonly NamedDifference[]> {
	admitActor(ctx, actor, 'fact.read');
	const [people, open] = [await loadPeople(ctx.db.read), await loadDifferences(ctx.db.read)];
	return open.map((one) => ({
		...one,
		name: people.all.get(one.subjectId)?.name ?? one.subjectId
	}));
}
