/** The packs that ship with the product, read once. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Pack } from '#lib/packs/pack.ts';
import type { PackFiles } from '#lib/packs/parse-pack.ts';
import { refuse } from '../http/problem.ts';
import { knownPack } from './known-packs.ts';
import { packProblems } from './problems.ts';
import { readPackFiles } from './read-pack-files.ts';

export interface LoadedPack {
	readonly pack: Pack;
	readonly files: PackFiles;
}

/** Where packs are: `rule-packs` beside the program, wherever the program was bundled to. */
export function packsFolder(): string {
	let folder = dirname(fileURLToPath(import.meta.url));
	while (!existsSync(join(folder, 'rule-packs')) && dirname(folder) !== folder) {
		folder = dirname(folder);
	}
	return join(folder, 'rule-packs');
}

/** Ids of the packs in a folder, sorted. */
export function packIds(folder = packsFolder()): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'pack.yaml')))
		.map((entry) => entry.name)
		.sort();
}

const loaded = new Map<string, Promise<LoadedPack>>();

/** Reads a shipped pack. Refused with its findings when it has errors. */
export function loadPack(id: string, folder = packsFolder()): Promise<LoadedPack> {
	const path = join(folder, id);
	const known = loaded.get(path);
	if (known) return known;
	const loading = readPack(id, folder).catch((error: unknown) => {
		loaded.delete(path);
		throw error;
	});
	loaded.set(path, loading);
	return loading;
}

async function readPack(id: string, folder: string): Promise<LoadedPack> {
	const known = packIds(folder);
	if (!known.includes(id)) {
		throw refuse(packProblems, 'pack_not_found', {
			details: { pack: id.slice(0, 60), known: known.join(', ') || '-' }
		});
	}
	const files = await readPackFiles(join(folder, id));
	const { pack, findings } = await knownPack(files);
	if (!pack || hasErrors(findings)) {
		throw refuse(packProblems, 'pack_invalid', {
			details: {
				pack: id,
				count: findings.filter((finding) => finding.severity === 'error').length
			},
			diagnostics: findings
		});
	}
	return { pack, files };
}
