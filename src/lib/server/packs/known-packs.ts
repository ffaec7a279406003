/**
 * Packs that were read, by the hash of their files. Reading happens in a thread and before any
 * transaction, so that nobody waits for a pack; inside a transaction only what is known is used.
 */
import { sha256Hex } from '#lib/engine/hash.ts';
import type { Pack } from '#lib/packs/pack.ts';
import type { PackFiles, ParsedPack } from '#lib/packs/parse-pack.ts';
import { runThread } from '../jobs/run-thread.ts';
import type { ParsedAndTested, ParseWork } from './parse.thread.ts';
import parseThread from './parse.thread.ts?thread';

/** Packs kept; one is a few megabytes. */
const MOST_KNOWN = 12;

const known = new Map<string, Promise<ParsedAndTested>>();
const failures = new WeakMap<Pack, number>();

/** Reads a pack once for each content. */
export async function knownPack(
	files: PackFiles,
	{ anyEngine = false }: { readonly anyEngine?: boolean } = {}
): Promise<ParsedPack> {
	const key = `${anyEngine} ${hashOf(files)}`;
	const reading = known.get(key) ?? read({ files, anyEngine });
	// The one that is used moves to the end; the front goes first.
	known.delete(key);
	known.set(key, reading);
	for (const oldest of known.keys()) {
		if (known.size <= MOST_KNOWN) break;
		known.delete(oldest);
	}
	try {
		return await reading;
	} catch (error) {
		known.delete(key);
		throw error;
	}
}

async function read(work: ParseWork): Promise<ParsedAndTested> {
	const parsed = await runThread<ParseWork, ParsedAndTested>(parseThread, work);
	if (parsed.pack) failures.set(parsed.pack, parsed.failing);
	return parsed;
}

/** How many sentences of a pack that was read here fail. */
export function failingSentences(pack: Pack): number {
	const failing = failures.get(pack);
	if (failing === undefined) throw new Error('This pack was not read by knownPack.');
	return failing;
}

function hashOf(files: PackFiles): string {
	return sha256Hex(JSON.stringify([...files].sort(([a], [b]) => (a < b ? -1 : 1))));
}
