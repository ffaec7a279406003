/** Hashes of what an installation or a build was made from; plain JavaScript, no dependencies. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a build is made from. */
const SOURCES = [
	'src',
	'rule-packs',
	'static',
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts'
];

/** Generated into the sources by the build itself; of the second only the settings are ours. */
const GENERATED = join('src', 'lib', 'paraglide');
const INLANG = join('src', 'i18n', 'project.inlang');

/** @param {string} path @returns {boolean} */
function isGenerated(path) {
	return path === GENERATED || (path.startsWith(INLANG + sep) && !path.endsWith('settings.json'));
}

/** @param {string} path @returns {string} */
export function hashOfFile(path) {
	return createHash('sha256')
		.update(readFileSync(join(root, path)))
		.digest('hex');
}

/** One hash over names and contents of all sources. @returns {string} */
export function hashOfSources() {
	const hash = createHash('sha256');
	hash.update(process.versions.node.split('.')[0] ?? '');
	for (const source of SOURCES) {
		for (const path of filesUnder(source)) {
			hash
				.update(path)
				.update('\0')
				.update(readFileSync(join(root, path)))
				.update('\0');
		}
	}
	return hash.digest('hex');
}

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
	if (!existsSync(join(root, path)) || isGenerated(path)) return [];
	if (!statSync(join(root, path)).isDirectory()) return [path];
	return readdirSync(join(root, path))
		.sort()
		.flatMap((name) => filesUnder(join(path, name)));
}

/** The text of a stamp, or null. @param {string} path @returns {string | null} */
export function readStamp(path) {
	const file = join(root, path);
	return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}
