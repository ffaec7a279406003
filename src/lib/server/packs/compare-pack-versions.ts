import { eq } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { packDictionary } from '#lib/packs/dictionary.ts';
import { diffPacks, type PackChange } from '#lib/packs/diff-packs.ts';
import type { Pack } from '#lib/packs/pack.ts';
import { partDifferences } from '#lib/packs/part-differences.ts';
import { packParts } from '#lib/packs/plan-install.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { receivedPacks } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { offeredPack } from './offered-packs.ts';
import { findInstalled, installedPack } from './present-parts.ts';
import { loadPack, packIds } from './shipped-packs.ts';

export interface ComparePackVersions {
	readonly pack: string;
	/** The installed one unless given. */
	readonly from?: string;
	/** The newest at hand unless given. */
	readonly to?: string;
	readonly folder?: string;
}

export interface PartChange extends PackChange {
	readonly name: LocalText;
	/** What differs, in words; empty for a part that is only in one of the two. */
	readonly sentences: readonly LocalText[];
}

export interface PackVersionsCompared {
	readonly name: LocalText;
	/** Versions at hand. */
	readonly versions: readonly string[];
	readonly installed: string | null;
	readonly from: string;
	readonly to: string;
	readonly changes: readonly PartChange[];
}

/** What differs between two versions of a pack that are at hand, part by part and in words. */
export async function comparePackVersions(
	ctx: Context,
	actor: Actor,
	input: ComparePackVersions
): Promise<PackVersionsCompared> {
	admitActor(ctx, actor, 'pack.read');
	const read = ctx.db.read;
	const installed = await findInstalled(read, input.pack);
	const newest = (await offeredPack(read, { pack: input.pack, folder: input.folder })).pack;
	const load = async (version: string | undefined, otherwise: Pack): Promise<Pack> => {
		if (version === undefined) return otherwise;
		if (version === installed?.version) return installedPack(installed);
		return (await offeredPack(read, { pack: input.pack, version, folder: input.folder })).pack;
	};
	const before = await load(input.from, installed ? await installedPack(installed) : newest);
	const after = await load(input.to, newest);
	return {
		name: after.manifest.name,
		versions: await versionsAtHand(read, input, newest, installed?.version),
		installed: installed?.version ?? null,
		from: before.manifest.version,
		to: after.manifest.version,
		changes: changesInWords(before, after)
	};
}

async function versionsAtHand(
	read: Queries,
	{ pack, folder }: ComparePackVersions,
	newest: Pack,
	installed: string | undefined
): Promise<string[]> {
	const kept = await read
		.select({ version: receivedPacks.version })
		.from(receivedPacks)
		.where(eq(receivedPacks.packId, pack));
	const shipped = packIds(folder).includes(pack)
		? [(await loadPack(pack, folder)).pack.manifest.version]
		: [];
	const versions = [
		newest.manifest.version,
		...shipped,
		...kept.map(({ version }) => version),
		...(installed === undefined ? [] : [installed])
	];
	return [...new Set(versions)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

function changesInWords(before: Pack, after: Pack): PartChange[] {
	const index = (pack: Pack) =>
		new Map(packParts(pack).map((part) => [`${part.kind}:${part.id}`, part]));
	const [old, now] = [index(before), index(after)];
	const words = {
		metrics: new Map([...before.metrics, ...after.metrics]),
		dictionary: new Map([
			...packDictionary(before.manifest, before.metrics),
			...packDictionary(after.manifest, after.metrics)
		])
	};
	return diffPacks(before, after).changes.map((change) => {
		const key = `${change.kind}:${change.id}`;
		const [was, is] = [old.get(key), now.get(key)];
		return {
			...change,
			name: (is ?? was)?.name ?? { 'zh-CN': change.id, en: change.id },
			sentences: was && is ? partDifferences(change.kind, was.content, is.content, words) : []
		};
	});
}
