import type { SchemeDocument } from '../../engine/scheme/document.ts';
import { metricSources } from '../../engine/scheme/metric-validate.ts';
import { prepareScheme } from '../../engine/score/prepare.ts';
import type { Queries } from '../db/database.ts';
import { loadMetricRevisions, type MetricRevision } from '../metrics/load-metrics.ts';

/** `metric.id`, `target.id`, `attainment.id`, `team.id.actual`. */
const METRIC_PATH = /^(?:metric|target|attainment|team)\.([^.]+)/;

/**
 * The definitions a scheme rests on: of its items, of every metric its rules read, and of those
 * that these are made from; sorted by id. A version freezes them, so that a later change of a
 * definition changes no published score.
 */
export async function usedMetrics(
	queries: Queries,
	scheme: SchemeDocument
): Promise<readonly MetricRevision[]> {
	const known = await loadMetricRevisions(queries);
	const wanted = [
		...scheme.items.map(({ metric }) => metric),
		...prepareScheme(scheme).paths.flatMap((path) => METRIC_PATH.exec(path)?.[1] ?? [])
	];
	const used = new Map<string, MetricRevision>();
	for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
		const revision = known.get(id);
		if (!revision || used.has(id)) continue;
		used.set(id, revision);
		wanted.push(...metricSources(revision.definition));
	}
	return [...used.values()].sort((a, b) => (a.definition.id < b.definition.id ? -1 : 1));
}
