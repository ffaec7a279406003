/** Packs as tests use them: folders read into memory, and changed copies of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PackFiles } from '#lib/packs/parse-pack.ts';
import { readPackFiles } from '#lib/server/packs/read-pack-files.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The files of the smallest sound pack. */
export function minimalPack(): Promise<PackFiles> {
	return readPackFiles(join(root, 'tests/packs/minimal'));
}

/** The files of a shipped pack. */
export function shippedPack(id: string): Promise<PackFiles> {
	return readPackFiles(join(root, 'rule-packs', id));
}

/** A file beside the tests. */
export function fixture(path: string): string {
	return readFileSync(join(root, 'tests/packs', path), 'utf8');
}

export interface Change {
	/** Whole files; null removes one. */
	readonly files?: Readonly<Record<string, string | null>>;
	/** In a file, one text in place of another; the text must be there. */
	readonly replace?: Readonly<Record<string, readonly [string, string]>>;
}

/** A pack with some files changed. */
export function changed(files: PackFiles, change: Change): PackFiles {
	const result = new Map(files);
	for (const [path, text] of Object.entries(change.files ?? {})) {
		if (text === null) result.delete(path);
		else result.set(path, text);
	}
	for (const [path, [before, after]] of Object.entries(change.replace ?? {})) {
		const text = result.get(path);
		if (!text?.includes(before)) throw new Error(`${path} does not contain “${before}”.`);
		result.set(path, text.replace(before, after));
	}
	return result;
}
