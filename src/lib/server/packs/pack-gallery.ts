import { isNull } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { packNeeds, type DataNeed } from '#lib/packs/needs.ts';
import type { Pack } from '#lib/packs/pack.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { installedPacks, receivedPacks } from '../db/client/schema.ts';
import { clientData } from './client-pack-state.ts';
import { offeredPack } from './offered-packs.ts';
import { installedPack } from './present-parts.ts';
import { packIds } from './shipped-packs.ts';

/** A pack as the gallery shows it: the newest at hand, and what of it is installed. */
export interface GalleryPack {
	readonly id: string;
	readonly version: string;
	readonly name: LocalText;
	readonly description: LocalText;
	readonly industry: string;
	readonly counts: { readonly metrics: number; readonly schemes: number; readonly tests: number };
	readonly schemes: readonly { readonly id: string; readonly name: LocalText }[];
	/** Where the newest came from; `installed` where nobody offers it any more. */
	readonly source: 'shipped' | 'received' | 'installed';
	readonly signer: string | null;
	readonly installed: {
		readonly version: string;
		readonly at: string;
		readonly same: boolean;
	} | null;
	readonly needs: readonly DataNeed[];
}

/** Every pack that ships, was received or is installed, with the data it needs against what is here. */
export async function findPackGallery(
	ctx: Context,
	actor: Actor,
	options: { readonly folder?: string } = {}
): Promise<readonly GalleryPack[]> {
	admitActor(ctx, actor, 'pack.read');
	const read = ctx.db.read;
	const [installed, received, data] = await Promise.all([
		read.select().from(installedPacks).where(isNull(installedPacks.removedAt)),
		read.select({ packId: receivedPacks.packId }).from(receivedPacks),
		clientData(read)
	]);
	const shipped = packIds(options.folder);
	const ids = new Set([
		...shipped,
		...received.map(({ packId }) => packId),
		...installed.map(({ packId }) => packId)
	]);
	return Promise.all(
		[...ids].sort().map(async (id): Promise<GalleryPack> => {
			const here = installed.find(({ packId }) => packId === id);
			const isOffered = shipped.includes(id) || received.some(({ packId }) => packId === id);
			const offer = isOffered
				? await offeredPack(read, { pack: id, folder: options.folder })
				: here && {
						pack: await installedPack(here),
						source: 'installed' as const,
						signer: here.signer
					};
			if (!offer) throw new Error(`The pack ${id} is neither offered nor installed.`);
			const { pack, source, signer } = offer;
			return {
				...summaryOf(pack),
				source,
				signer,
				installed: here
					? { version: here.version, at: here.installedAt, same: here.hash === pack.hash }
					: null,
				needs: packNeeds(pack, data)
			};
		})
	);
}

function summaryOf({ manifest, metrics, schemes, tests }: Pack) {
	const { id, version, name, description, industry } = manifest;
	return {
		id,
		version,
		name,
		description,
		industry,
		counts: { metrics: metrics.size, schemes: schemes.size, tests: tests.length },
		schemes: [...schemes.values()].map(({ document }) => ({
			id: document.id,
			name: document.name
		}))
	};
}
