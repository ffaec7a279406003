/** The facts behind one figure: what was told, by whom, from which source, and what holds now. */
import { and, asc, eq, inArray, type SQL } from 'drizzle-orm';
import { monthsOf } from '#lib/contract/periods.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { metricSources } from '#lib/engine/scheme/metric-validate.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { observations, targets } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { loadPeople } from '../people/history.ts';
import { assertCovers, scopeOf, todayOf, type ScopePermissions } from '../people/scope.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { readSettings } from '../settings/client-settings.ts';

export const READ_FACTS: ScopePermissions = {
	all: 'fact.read',
	ownUnit: 'fact.read_own_unit',
	self: 'fact.read_self'
};

export interface FindFacts {
	readonly subjectKind: 'employee' | 'unit';
	readonly subjectId: string;
	readonly metric: string;
	/** A period id; a quarter, half or year also shows the facts of its months. */
	readonly period: string;
	/** Facts as they were known at this moment; now unless given. */
	readonly knownAt?: string;
}

export interface Fact {
	readonly id: number;
	readonly period: string;
	readonly value: number | null;
	/** The text that the value was read from. */
	readonly raw: string | null;
	readonly currency: string | null;
	readonly originalValue: number | null;
	readonly originalCurrency: string | null;
	readonly source: string | null;
	readonly evidence: string | null;
	readonly batchId: string | null;
	readonly recordedAt: string;
	readonly recordedBy: string;
	readonly withdrawnAt: string | null;
	/** It is what counts: the newest of its period that was not withdrawn. */
	readonly holds: boolean;
}

export interface FactsFound {
	readonly metric: { readonly id: string; readonly name: LocalText; readonly unit: string };
	readonly subject: { readonly id: string; readonly name: string };
	readonly observations: readonly Fact[];
	readonly targets: readonly Fact[];
	/** Metrics that this one is computed from; their facts are behind it. */
	readonly sources: readonly { readonly id: string; readonly name: LocalText }[];
	/** The record type it is taken from. */
	readonly record: string | null;
}

/** Everything that was told about one figure, oldest first. Rights: those of the person's data. */
export async function findFacts(ctx: Context, actor: Actor, input: FindFacts): Promise<FactsFound> {
	admitActor(ctx, actor, 'fact.read', 'fact.read_own_unit', 'fact.read_self');
	const settings = await readSettings(ctx.db.read);
	const metrics = await loadMetrics(ctx.db.read);
	const metric = metrics.get(input.metric);
	if (!metric) throw refuse(commonProblems, 'not_found');
	const [people, tree] = [await loadPeople(ctx.db.read), await loadUnits(ctx.db.read)];
	const scope = scopeOf(actor, people, tree, todayOf(ctx, settings), READ_FACTS);
	let name: string | undefined;
	if (input.subjectKind === 'employee') {
		assertCovers(scope, input.subjectId);
		name = people.all.get(input.subjectId)?.name;
	} else {
		// A unit's figures are for those who may see its people.
		const led = actor.unitId !== null && tree.isWithin(input.subjectId, actor.unitId);
		if (scope !== 'all' && !led) throw refuse(commonProblems, 'not_found');
		name = tree.all.get(input.subjectId)?.name['zh-CN'];
	}
	if (name === undefined) throw refuse(commonProblems, 'not_found');
	const periods = [...new Set([input.period, ...monthsOf(input.period, settings.fiscalMonth)])];
	const read = (table: typeof observations | typeof targets) =>
		factsIn(ctx, table, input, periods, input.knownAt ?? null);
	return {
		metric: { id: metric.id, name: metric.name, unit: metric.unit },
		subject: { id: input.subjectId, name },
		observations: await read(observations),
		targets: await read(targets),
		sources: metricSources(metric).flatMap((id) => {
			const found = metrics.get(id);
			return found && id !== metric.id ? [{ id, name: found.name }] : [];
		}),
		record: metric.from_records?.record ?? null
	};
}

async function factsIn(
	ctx: Context,
	table: typeof observations | typeof targets,
	input: FindFacts,
	periods: readonly string[],
	knownAt: string | null
): Promise<readonly Fact[]> {
	const wanted: SQL | undefined = and(
		eq(table.subjectKind, input.subjectKind),
		eq(table.subjectId, input.subjectId),
		eq(table.metric, input.metric),
		inArray(table.period, [...periods])
	);
	const rows = await ctx.db.read
		.select({
			id: table.id,
			period: table.period,
			value: table.value,
			raw: table.raw,
			currency: table.currency,
			originalValue: table.originalValue,
			originalCurrency: table.originalCurrency,
			source: table.source,
			evidence: table.evidence,
			batchId: table.batchId,
			recordedAt: table.recordedAt,
			recordedBy: table.recordedBy,
			withdrawnAt: table.withdrawnAt
		})
		.from(table)
		.where(wanted)
		.orderBy(asc(table.period), asc(table.id));
	const known = rows
		.filter(({ recordedAt }) => knownAt === null || recordedAt <= knownAt)
		.map((row) => ({
			...row,
			withdrawnAt:
				row.withdrawnAt !== null && (knownAt === null || row.withdrawnAt <= knownAt)
					? row.withdrawnAt
					: null
		}));
	const newest = new Map<string, number>();
	for (const { id, period, withdrawnAt } of known) if (withdrawnAt === null) newest.set(period, id);
	return known.map((row) => ({ ...row, holds: newest.get(row.period) === row.id }));
}
