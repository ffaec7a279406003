/** Which pack a metric came from, and of which industry that pack is. */
import { desc } from 'drizzle-orm';
import type { LocalText } from '../../engine/diagnostics/diagnostic.ts';
import type { PackManifest } from '../../packs/pack.ts';
import { installedPacks } from '../db/client/tables/packs.ts';
import type { Queries } from '../db/database.ts';
import type { MetricRevision } from './load-metrics.ts';

export interface MetricPack {
	readonly pack: string;
	readonly name: LocalText;
	readonly industry: string;
}

/** The pack of each metric that came from one; the client's own metrics are not listed. */
export async function metricOrigins(
	queries: Queries,
	revisions: ReadonlyMap<string, MetricRevision>
): Promise<Map<string, MetricPack>> {
	const rows = await queries
		.select({ packId: installedPacks.packId, manifest: installedPacks.manifest })
		.from(installedPacks)
		.orderBy(desc(installedPacks.id));
	const packs = new Map<string, MetricPack>();
	for (const { packId, manifest } of rows) {
		if (packs.has(packId)) continue;
		const { name, industry } = manifest as unknown as PackManifest;
		packs.set(packId, { pack: packId, name, industry });
	}
	return new Map(
		[...revisions].flatMap(([id, { origin }]): [string, MetricPack][] => {
			const pack = origin && packs.get(origin.pack);
			return pack ? [[id, pack]] : [];
		})
	);
}
