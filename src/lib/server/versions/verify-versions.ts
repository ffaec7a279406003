import { asc } from 'drizzle-orm';
import { schemeHash, versionHash } from '../../engine/scheme/hash.ts';
import { versions } from '../db/client/tables/schemes.ts';
import type { Queries } from '../db/database.ts';

/** A version whose content does not give the hash it was published with. */
export interface AlteredVersion {
	readonly schemeId: string;
	readonly number: number;
}

/** Recomputes the hashes of all versions; whoever changed one past the triggers shows here. */
export async function verifyVersions(queries: Queries): Promise<readonly AlteredVersion[]> {
	const rows = await queries
		.select()
		.from(versions)
		.orderBy(asc(versions.schemeId), asc(versions.number));
	return rows
		.filter(
			({ document, metrics, hash, documentHash }) =>
				schemeHash(document) !== documentHash || versionHash(document, metrics) !== hash
		)
		.map(({ schemeId, number }) => ({ schemeId, number }));
}
