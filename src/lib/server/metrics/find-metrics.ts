import { asc, eq } from 'drizzle-orm';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { metricSources } from '#lib/engine/scheme/metric-validate.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { metrics } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { readSettings } from '../settings/client-settings.ts';
import { loadCoverage, type MetricCoverage } from './metric-coverage.ts';
import { loadMetricRevisions } from './load-metrics.ts';

export interface MetricSummary {
	readonly id: string;
	readonly revision: number;
	readonly definition: MetricDefinition;
	readonly origin: { readonly pack: string; readonly version: string } | null;
	/** First and last period with figures, and how many; null where there are none. */
	readonly coverage: MetricCoverage | null;
}

/** The metrics of the client, and what data there is of each. */
export async function findMetrics(ctx: Context, actor: Actor): Promise<readonly MetricSummary[]> {
	admitActor(ctx, actor, 'metric.read');
	const [known, coverage] = await Promise.all([
		loadMetricRevisions(ctx.db.read),
		loadCoverage(ctx.db.read)
	]);
	return [...known].map(([id, { revision, definition, origin }]) => ({
		id,
		revision,
		definition,
		origin,
		coverage: coverage.get(id) ?? null
	}));
}

export interface MetricRecord extends MetricSummary {
	readonly currency: string;
	readonly revisions: readonly {
		readonly revision: number;
		readonly definition: MetricDefinition;
		readonly recordedAt: string;
		readonly recordedBy: string;
		readonly retired: boolean;
	}[];
	/** Metrics whose formula, ratio or window rests on this one. */
	readonly usedBy: readonly string[];
}

/** One metric with all its revisions. */
export async function getMetric(
	ctx: Context,
	actor: Actor,
	input: { readonly metricId: string }
): Promise<MetricRecord> {
	admitActor(ctx, actor, 'metric.read');
	const all = await findMetrics(ctx, actor);
	const found = all.find(({ id }) => id === input.metricId);
	if (!found) throw refuse(commonProblems, 'not_found');
	const revisions = await ctx.db.read
		.select({
			revision: metrics.revision,
			definition: metrics.definition,
			recordedAt: metrics.recordedAt,
			recordedBy: metrics.recordedBy,
			retired: metrics.retired
		})
		.from(metrics)
		.where(eq(metrics.id, input.metricId))
		.orderBy(asc(metrics.revision));
	const { currency } = await readSettings(ctx.db.read);
	const usedBy = all
		.filter(({ id, definition }) => id !== found.id && metricSources(definition).includes(found.id))
		.map(({ id }) => id);
	return { ...found, currency, revisions, usedBy };
}
