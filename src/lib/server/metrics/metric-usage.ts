/** What rests on a metric: other metrics, drafts that are open, and published versions. */
import { eq, isNull } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { metricSources } from '#lib/engine/scheme/metric-validate.ts';
import { drafts, schemes, versions } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { loadMetrics } from './load-metrics.ts';

export interface MetricUsage {
	readonly metrics: readonly { readonly id: string; readonly name: LocalText }[];
	readonly drafts: readonly {
		readonly id: string;
		readonly scheme: string;
		readonly name: LocalText;
	}[];
	/** Versions keep the definition that they were published with. */
	readonly versions: readonly {
		readonly scheme: string;
		readonly number: number;
		readonly name: LocalText;
		readonly effectiveFrom: string;
	}[];
}

/** Everything that would notice a change of the metric. */
export async function metricUsage(queries: Queries, metricId: string): Promise<MetricUsage> {
	const all = await loadMetrics(queries);
	const open = await queries
		.select({
			id: drafts.id,
			scheme: drafts.schemeId,
			name: schemes.name,
			document: drafts.document
		})
		.from(drafts)
		.innerJoin(schemes, eq(schemes.id, drafts.schemeId))
		.where(isNull(drafts.closedAt));
	const published = await queries
		.select({
			scheme: versions.schemeId,
			number: versions.number,
			document: versions.document,
			effectiveFrom: versions.effectiveFrom
		})
		.from(versions);
	return {
		metrics: [...all.values()]
			.filter(({ id }) => id !== metricId)
			.filter((metric) => metricSources(metric).includes(metricId))
			.map(({ id, name }) => ({ id, name })),
		drafts: open
			.filter(({ document }) => mentions(document, metricId))
			.map(({ id, scheme, name }) => ({ id, scheme, name })),
		versions: published
			.filter(({ document }) => mentions(document, metricId))
			.map(({ scheme, number, document, effectiveFrom }) => ({
				scheme,
				number,
				name: document.name,
				effectiveFrom
			}))
	};
}

/** Whether a document reads the metric: as an item's, or as a variable of any rule. */
function mentions(document: unknown, metricId: string): boolean {
	const text = JSON.stringify(document);
	if (text.includes(`"metric":"${metricId}"`)) return true;
	return ['metric', 'target', 'attainment', 'team'].some((namespace) => {
		const path = `"${namespace}.${metricId}`;
		return text.includes(`${path}"`) || text.includes(`${path}.`);
	});
}
