/** Reads a pack for a command: a folder, or a zip that is judged by its directory first. */
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import { lintPack } from '#lib/packs/lint-pack.ts';
import type { Pack } from '#lib/packs/pack.ts';
import type { PackFiles } from '#lib/packs/parse-pack.ts';
import { readTrustedKey, type TrustedKey } from '#lib/server/packs/archive/keys.ts';
import { readArchive } from '#lib/server/packs/archive/read-archive.ts';
import { PackFolderError, readPackFiles } from '#lib/server/packs/read-pack-files.ts';
import { failure, refusal } from './failure.ts';
import type { Io } from './io.ts';
import type { FileDiagnostic } from './print-diagnostics.ts';

export interface LintedPack {
	readonly files: PackFiles;
	readonly pack: Pack | null;
	readonly findings: readonly FileDiagnostic[];
}

/** True for a path that names an archive. */
export function isArchivePath(path: string): boolean {
	return path.toLowerCase().endsWith('.zip');
}

/**
 * The packs among paths: of several, as `rule-packs/*` gives them, those that are neither a zip nor a
 * folder with a `pack.yaml` are passed over. A single path is meant, whatever it is.
 */
export async function packsAmong(io: Io, paths: readonly string[]): Promise<readonly string[]> {
	if (paths.length < 2) return paths;
	const found = await Promise.all(
		paths.map(async (path) => {
			if (isArchivePath(path)) return true;
			const inside = join(resolve(io.cwd, path), 'pack.yaml');
			return stat(inside).then(
				() => true,
				() => false
			);
		})
	);
	const packs = paths.filter((_, index) => found[index]);
	return packs.length > 0 ? packs : paths;
}

/** Reads and judges a pack; findings are named by the path that was given. */
export async function lintInput(
	io: Io,
	path: string,
	trust: readonly string[] = []
): Promise<LintedPack> {
	const files = isArchivePath(path)
		? await archiveFiles(io, path, trust)
		: await folderFiles(io, path);
	const { pack, findings } = lintPack(files);
	return { files, pack, findings: findings.map((found) => named(path, found)) };
}

/** A pack whose files are in order; refused with its findings otherwise. */
export async function soundInput(
	io: Io,
	path: string,
	trust: readonly string[] = []
): Promise<LintedPack & { readonly pack: Pack }> {
	const linted = await lintInput(io, path, trust);
	if (!linted.pack || hasErrors(linted.findings)) throw refusal(linted.findings);
	return { ...linted, pack: linted.pack };
}

function named<T extends { readonly file: string }>(path: string, found: T): T {
	return { ...found, file: found.file === '' ? path : `${path}/${found.file}` };
}

async function folderFiles(io: Io, folder: string): Promise<PackFiles> {
	try {
		return await readPackFiles(resolve(io.cwd, folder));
	} catch (error) {
		if (error instanceof PackFolderError) {
			throw failure('pack_folder', { path: `${folder}/${error.path}`, problem: error.reason });
		}
		throw failure('folder_not_found', { path: folder, cwd: io.cwd });
	}
}

async function archiveFiles(io: Io, path: string, trust: readonly string[]): Promise<PackFiles> {
	const bytes = await readBytes(io, path);
	const keys = await Promise.all(trust.map((file) => trustedKey(io, file)));
	const today = new Date().toISOString().slice(0, 10);
	const { files, findings } = await readArchive(bytes, { keys, today });
	if (files) return files;
	const all = findings.map((found) => named(path, found));
	throw failure('pack_archive', { path, errors: all.length }, all);
}

/** The bytes of a file that was named on the command line. */
export async function readBytes(io: Io, path: string): Promise<Uint8Array> {
	try {
		return await readFile(resolve(io.cwd, path));
	} catch {
		throw failure('file_not_found', { path, cwd: io.cwd });
	}
}

async function trustedKey(io: Io, path: string): Promise<TrustedKey> {
	const key = readTrustedKey(Buffer.from(await readBytes(io, path)).toString('utf8'));
	if (!key) throw failure('key_wrong', { path });
	return key;
}
