/** What changed between two packs, part by part. */
import { packParts, partHash, type PackPartKind } from './plan-install.ts';
import type { Pack } from './pack.ts';

export interface PackChange {
	readonly kind: PackPartKind;
	readonly id: string;
	readonly change: 'added' | 'removed' | 'changed';
}

export interface PackDiff {
	readonly from: { readonly id: string; readonly version: string; readonly hash: string };
	readonly to: { readonly id: string; readonly version: string; readonly hash: string };
	readonly changes: readonly PackChange[];
}

/** Compares two packs; parts are matched by kind and id. */
export function diffPacks(before: Pack, after: Pack): PackDiff {
	const index = (pack: Pack): Map<string, { kind: PackPartKind; id: string; hash: string }> =>
		new Map(
			packParts(pack).map(({ kind, id, content }) => [
				`${kind} ${id}`,
				{ kind, id, hash: partHash(content) }
			])
		);
	const old = index(before);
	const now = index(after);
	const changes: PackChange[] = [];
	for (const [key, part] of old) {
		const present = now.get(key);
		if (!present) changes.push({ kind: part.kind, id: part.id, change: 'removed' });
		else if (present.hash !== part.hash) {
			changes.push({ kind: part.kind, id: part.id, change: 'changed' });
		}
	}
	for (const [key, part] of now) {
		if (!old.has(key)) changes.push({ kind: part.kind, id: part.id, change: 'added' });
	}
	const head = (pack: Pack): PackDiff['from'] => ({
		id: pack.manifest.id,
		version: pack.manifest.version,
		hash: pack.hash
	});
	return { from: head(before), to: head(after), changes };
}
