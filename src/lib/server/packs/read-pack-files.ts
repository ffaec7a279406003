/** Reads a pack's folder. Nothing but plain files inside it is read, and no more than a pack may hold. */
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACK_LIMITS } from '#lib/packs/limits.ts';
import type { PackFiles } from '#lib/packs/parse-pack.ts';

/** Something in the folder is not a plain file; the message says which. */
export class PackFolderError extends Error {
	override readonly name = 'PackFolderError';
	readonly path: string;
	readonly reason: 'symlink' | 'special' | 'encoding' | 'too_large' | 'too_many';

	constructor(path: string, reason: PackFolderError['reason']) {
		super(`${path}: ${reason}`);
		this.path = path;
		this.reason = reason;
	}
}

/** The files of a pack's folder by their path inside it. Throws when the folder does not exist. */
export async function readPackFiles(folder: string): Promise<PackFiles> {
	const files = new Map<string, string>();
	let bytes = 0;
	const read = async (inside: string): Promise<void> => {
		const entries = await readdir(join(folder, inside), { withFileTypes: true });
		for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
			const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
			if (entry.name === '.DS_Store') continue;
			if (entry.isSymbolicLink()) throw new PackFolderError(path, 'symlink');
			if (entry.isDirectory()) {
				await read(path);
				continue;
			}
			if (!entry.isFile()) throw new PackFolderError(path, 'special');
			if (files.size >= PACK_LIMITS.files) throw new PackFolderError(path, 'too_many');
			bytes += (await lstat(join(folder, path))).size;
			if (bytes > PACK_LIMITS.packBytes) throw new PackFolderError(path, 'too_large');
			files.set(path, decode(path, await readFile(join(folder, path))));
		}
	};
	await read('');
	return files;
}

function decode(path: string, content: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(content);
	} catch (error) {
		if (error instanceof TypeError) throw new PackFolderError(path, 'encoding');
		throw error;
	}
}
