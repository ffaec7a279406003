/** `MANIFEST.json` and `SIGNATURE.json` of a pack's archive. */
import { sha256Hex } from '#lib/engine/hash.ts';
import type { Pack } from '#lib/packs/pack.ts';
import type { PackFiles } from '#lib/packs/parse-pack.ts';

export const MANIFEST_FILE = 'MANIFEST.json';
export const SIGNATURE_FILE = 'SIGNATURE.json';
export const ARCHIVE_FORMAT = 'quanheng.pack/1';

/** The files of the archive that are about it and not of the pack. */
export function isAboutArchive(path: string): boolean {
	return path === MANIFEST_FILE || path === SIGNATURE_FILE;
}

export interface ArchiveManifest {
	readonly format: typeof ARCHIVE_FORMAT;
	readonly pack: string;
	readonly version: string;
	readonly hash: string;
	/** Fingerprint of the key that signs, so that a signature cannot be taken away unseen. */
	readonly signer?: string;
	/** SHA-256 of every file by its path. */
	readonly files: Readonly<Record<string, string>>;
}

export interface ArchiveSignature {
	readonly algorithm: 'ed25519';
	/** Fingerprint of the public key. */
	readonly key: string;
	readonly signature: string;
}

/** The manifest of a pack; the same pack gives the same text. */
export function manifestOf(
	pack: Pick<Pack, 'manifest' | 'hash'>,
	files: PackFiles,
	signer: string | null
): ArchiveManifest {
	const paths = [...files.keys()].sort();
	return {
		format: ARCHIVE_FORMAT,
		pack: pack.manifest.id,
		version: pack.manifest.version,
		hash: pack.hash,
		...(signer === null ? {} : { signer }),
		files: Object.fromEntries(paths.map((path) => [path, sha256Hex(files.get(path) ?? '')]))
	};
}
