/** The metric definitions in use: the highest revision of each that is not retired. */
import { asc } from 'drizzle-orm';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { metrics } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';

export interface MetricRevision {
	readonly revision: number;
	readonly definition: MetricDefinition;
	readonly hash: string;
	readonly origin: { readonly pack: string; readonly version: string } | null;
	readonly recordedAt: string;
}

/** Definitions in use, by id, in the order in which they were registered. */
export async function loadMetricRevisions(queries: Queries): Promise<Map<string, MetricRevision>> {
	const rows = await queries.select().from(metrics).orderBy(asc(metrics.revision));
	const current = new Map<string, MetricRevision>();
	for (const row of rows) {
		if (row.retired) current.delete(row.id);
		else {
			const { revision, definition, hash, origin, recordedAt } = row;
			current.set(row.id, { revision, definition, hash, origin, recordedAt });
		}
	}
	return current;
}

/** The same, as the engine takes them. */
export async function loadMetrics(queries: Queries): Promise<Map<string, MetricDefinition>> {
	const revisions = await loadMetricRevisions(queries);
	return new Map([...revisions].map(([id, { definition }]) => [id, definition]));
}
