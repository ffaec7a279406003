/** For each metric: from when to when there are figures, of how many people. */
import { isNull, sql } from 'drizzle-orm';
import { observations } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';

export interface MetricCoverage {
	readonly from: string;
	readonly to: string;
	readonly figures: number;
	readonly subjects: number;
}

/** What data there is, by metric. */
export async function loadCoverage(queries: Queries): Promise<Map<string, MetricCoverage>> {
	const rows = await queries
		.select({
			metric: observations.metric,
			from: sql<string>`min(${observations.period})`,
			to: sql<string>`max(${observations.period})`,
			figures: sql<number>`count(*)`,
			subjects: sql<number>`count(distinct ${observations.subjectId})`
		})
		.from(observations)
		.where(isNull(observations.withdrawnAt))
		.groupBy(observations.metric);
	return new Map(rows.map(({ metric, ...coverage }) => [metric, coverage]));
}
