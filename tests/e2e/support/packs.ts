/** Packs as files, for walks that bring one along. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parsePack } from '../../../src/lib/packs/parse-pack.ts';
import type { Pack } from '../../../src/lib/packs/pack.ts';

const PACKS = fileURLToPath(new URL('../../../rule-packs', import.meta.url));

/** The files of a shipped pack by their path inside it. */
export function packFiles(id: string): Map<string, string> {
	const folder = join(PACKS, id);
	const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
	return new Map(
		paths
			.sort()
			.map((path) => [
				path.slice(folder.length + 1).replaceAll('\\', '/'),
				readFileSync(path, 'utf8')
			])
	);
}

/** A shipped pack. */
export function readPack(id: string): Pack {
	const { pack } = parsePack(packFiles(id));
	if (!pack) throw new Error(`The pack ${id} is not valid.`);
	return pack;
}
