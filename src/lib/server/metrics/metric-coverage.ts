/** For each metric: from when to when there are figures, of how many people. */
import { isNull, sql } from 'drizzle-orm';
import { observations, records } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { loadMetrics } from './load-metrics.ts';

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
	const covered = new Map<string, MetricCoverage>(
		rows.map(({ metric, ...coverage }) => [metric, coverage])
	);
	for (const [metric, coverage] of await recordCoverage(queries)) {
		covered.set(metric, joined(covered.get(metric), coverage));
	}
	return covered;
}

/** Metrics that are taken from records are covered where there are records; each counts as a figure. */
async function recordCoverage(queries: Queries): Promise<[string, MetricCoverage][]> {
	const metrics = [...(await loadMetrics(queries)).values()];
	if (!metrics.some(({ from_records: from }) => from !== undefined)) return [];
	const rows = await queries
		.select({
			type: records.type,
			from: sql<string>`substr(min(${records.date}), 1, 7)`,
			to: sql<string>`substr(max(${records.date}), 1, 7)`,
			figures: sql<number>`count(distinct ${records.key})`,
			subjects: sql<number>`count(distinct ${records.subjectId})`
		})
		.from(records)
		.where(isNull(records.withdrawnAt))
		.groupBy(records.type);
	return metrics.flatMap(({ id, from_records: from }): [string, MetricCoverage][] => {
		const row = rows.find(({ type }) => type === from?.record);
		if (!row) return [];
		const { type: _type, ...coverage } = row;
		return [[id, coverage]];
	});
}

function joined(told: MetricCoverage | undefined, counted: MetricCoverage): MetricCoverage {
	if (!told) return counted;
	return {
		from: told.from < counted.from ? told.from : counted.from,
		to: told.to > counted.to ? told.to : counted.to,
		figures: told.figures + counted.figures,
		subjects: Math.max(told.subjects, counted.subjects)
	};
}
