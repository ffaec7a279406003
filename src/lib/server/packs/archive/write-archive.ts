/** Makes the zip of a pack: the same files and key make the same bytes on every machine. */
import { zipSync } from 'fflate';
import type { Pack } from '#lib/packs/pack.ts';
import type { PackFiles } from '#lib/packs/parse-pack.ts';
import { signManifest, type SigningKey } from './keys.ts';
import { MANIFEST_FILE, manifestOf, SIGNATURE_FILE, type ArchiveSignature } from './manifest.ts';

/** A fixed moment, because a zip has no time zone and a build no clock. */
const ARCHIVE_TIME = new Date(2026, 0, 1);

/** The archive with its manifest of hashes, signed where a key is given. */
export function writeArchive(
	pack: Pick<Pack, 'manifest' | 'hash'>,
	files: PackFiles,
	key: SigningKey | null = null
): Uint8Array {
	const manifest = jsonText(manifestOf(pack, files, key?.fingerprint ?? null));
	const signature: ArchiveSignature | null = key && {
		algorithm: 'ed25519',
		key: key.fingerprint,
		signature: signManifest(manifest, key)
	};
	const encoder = new TextEncoder();
	const entries = [
		[MANIFEST_FILE, manifest] as const,
		...(signature ? [[SIGNATURE_FILE, jsonText(signature)] as const] : []),
		...[...files.keys()].sort().map((path) => [path, files.get(path) ?? ''] as const)
	];
	return zipSync(Object.fromEntries(entries.map(([path, text]) => [path, encoder.encode(text)])), {
		level: 9,
		mtime: ARCHIVE_TIME
	});
}

function jsonText(value: object): string {
	return `${JSON.stringify(value, null, '\t')}\n`;
}
