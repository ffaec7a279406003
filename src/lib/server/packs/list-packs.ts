import { isNull } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { PackParam } from '#lib/packs/pack.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { installedPacks } from '../db/client/schema.ts';
import { loadPack, packIds } from './shipped-packs.ts';

/** A pack as the gallery shows it. */
export interface AvailablePack {
	readonly id: string;
	readonly version: string;
	readonly hash: string;
	readonly name: LocalText;
	readonly description: LocalText;
	readonly industry: string;
	readonly counts: { readonly metrics: number; readonly schemes: number; readonly tests: number };
	readonly schemes: readonly { readonly id: string; readonly name: LocalText }[];
	readonly params: readonly PackParam[];
	/** The version installed at this client; null when none is. */
	readonly installed: {
		readonly version: string;
		readonly at: string;
		readonly same: boolean;
	} | null;
}

/** The packs at hand, and which of them this client has. */
export async function listAvailablePacks(
	ctx: Context,
	actor: Actor,
	options: { readonly folder?: string } = {}
): Promise<AvailablePack[]> {
	admitActor(ctx, actor, 'pack.read');
	const installed = await ctx.db.read
		.select({
			packId: installedPacks.packId,
			version: installedPacks.version,
			hash: installedPacks.hash,
			at: installedPacks.installedAt
		})
		.from(installedPacks)
		.where(isNull(installedPacks.removedAt));
	const loaded = await Promise.all(
		packIds(options.folder).map((id) => loadPack(id, options.folder))
	);
	return loaded.map(({ pack }) => {
		const here = installed.find((row) => row.packId === pack.manifest.id);
		const { id, version, name, description, industry, params } = pack.manifest;
		return {
			id,
			version,
			hash: pack.hash,
			name,
			description,
			industry,
			counts: {
				metrics: pack.metrics.size,
				schemes: pack.schemes.size,
				tests: pack.tests.length
			},
			schemes: [...pack.schemes.values()].map(({ document }) => ({
				id: document.id,
				name: document.name
			})),
			params,
			installed: here ? { version: here.version, at: here.at, same: here.hash === pack.hash } : null
		};
	});
}
