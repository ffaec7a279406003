/** Names of grades and decimals of scores, from the versions that a list of scorecards used. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { TOTAL_DEFAULTS } from '#lib/engine/scheme/document.ts';
import type { Queries } from '#lib/server/db/database.ts';
import { readVersion } from '#lib/server/versions/read.ts';

interface UsesVersion {
	readonly schemeId: string | null;
	readonly version: number | null;
}

export interface VersionWords {
	readonly grades: ReadonlyMap<string, LocalText>;
	readonly decimals: number;
}

/** By `scheme/version`. */
export async function gradeNames(
	queries: Queries,
	cards: readonly UsesVersion[]
): Promise<ReadonlyMap<string, VersionWords>> {
	const found = new Map<string, VersionWords>();
	for (const { schemeId, version } of cards) {
		const key = `${schemeId}/${version}`;
		if (schemeId === null || version === null || found.has(key)) continue;
		const { document } = await readVersion(queries, schemeId, version);
		found.set(key, {
			grades: new Map(document.grades.map(({ id, name }) => [id, name])),
			decimals: document.total?.decimals ?? TOTAL_DEFAULTS.decimals
		});
	}
	return found;
}
