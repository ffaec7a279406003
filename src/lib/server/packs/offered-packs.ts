/** The packs at hand for a client: those that ship with the product, and those it received. */
import { asc, eq } from 'drizzle-orm';
import { compareVersions, parseVersion } from '#lib/packs/semver.ts';
import { receivedPacks } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { knownPack } from './known-packs.ts';
import { packProblems } from './problems.ts';
import { loadPack, packIds, type LoadedPack } from './shipped-packs.ts';

export interface OfferedPack extends LoadedPack {
	readonly source: 'shipped' | 'received';
	/** Name of the trusted key that signed the archive. */
	readonly signer: string | null;
}

export interface OfferedInput {
	readonly pack: string;
	/** The newest at hand unless given. */
	readonly version?: string | undefined;
	/** Where the shipped packs are. */
	readonly folder?: string | undefined;
}

/** The pack that is meant; refused when there is none, or not in that version. */
export async function offeredPack(queries: Queries, input: OfferedInput): Promise<OfferedPack> {
	const received = await queries
		.select()
		.from(receivedPacks)
		.where(eq(receivedPacks.packId, input.pack))
		.orderBy(asc(receivedPacks.id));
	const isShipped = packIds(input.folder).includes(input.pack);
	const shipped = isShipped || received.length === 0 ? [await shippedOffer(input)] : [];
	const offers = [
		...received.map((row) => ({ version: row.version, load: () => receivedOffer(row) })),
		// Of equal versions the shipped one counts: it came with the program.
		...shipped.map((offer) => ({ version: offer.pack.manifest.version, load: () => offer }))
	];
	const wanted =
		input.version === undefined
			? offers.toSorted((a, b) => order(a.version, b.version)).at(-1)
			: offers.findLast(({ version }) => version === input.version);
	if (!wanted) {
		throw refuse(packProblems, 'version_not_found', {
			details: {
				pack: input.pack,
				version: (input.version ?? '-').slice(0, 30),
				known: offers.map(({ version }) => version).join(', ')
			}
		});
	}
	return wanted.load();
}

async function shippedOffer({ pack, folder }: OfferedInput): Promise<OfferedPack> {
	return { ...(await loadPack(pack, folder)), source: 'shipped', signer: null };
}

/** Reads a received pack again: the engine may have changed since it came. */
export async function receivedOffer(row: typeof receivedPacks.$inferSelect): Promise<OfferedPack> {
	const files = new Map(Object.entries(row.files));
	const { pack, findings } = await knownPack(files);
	if (!pack) {
		throw refuse(packProblems, 'pack_invalid', {
			details: {
				pack: row.packId,
				count: findings.filter(({ severity }) => severity === 'error').length
			},
			diagnostics: findings
		});
	}
	return { pack, files, source: 'received', signer: row.signer };
}

function order(a: string, b: string): number {
	const [left, right] = [parseVersion(a), parseVersion(b)];
	return left && right ? compareVersions(left, right) : 0;
}
