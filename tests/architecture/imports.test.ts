/** The house has one-way arrows: this reads every import of the source and refuses any other. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = join(root, 'src');

/** What a room may import besides itself; `routes` are the pages, `app` Kit's own entry files. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
	engine: [],
	reference: ['engine'],
	packs: ['engine'],
	contract: ['engine', 'packs'],
	server: ['engine', 'reference', 'packs', 'contract', 'paraglide'],
	ui: ['paraglide'],
	designer: ['engine', 'contract', 'ui', 'paraglide'],
	routes: ['engine', 'packs', 'contract', 'server', 'designer', 'ui', 'paraglide'],
	app: ['engine', 'contract', 'server', 'paraglide'],
	cli: ['engine', 'reference', 'packs', 'contract', 'server'],
	launch: ['engine', 'server']
};

/** Packages that one room alone may import, and what stands in for a reason. */
const SOLE_IMPORTERS: readonly { package: RegExp; allowed: RegExp }[] = [
	{ package: /^json-logic-js$/, allowed: /^src\/lib\/reference\// },
	{ package: /^lucia$/, allowed: /^src\/lib\/server\/auth\// },
	{ package: /^@libsql\//, allowed: /^src\/lib\/server\/db\// },
	{ package: /^@noble\/hashes/, allowed: /^src\/lib\/engine\/hash\.ts$/ },
	{ package: /^monaco-editor/, allowed: /^src\/lib\/ui\// },
	{ package: /^echarts/, allowed: /^src\/lib\/ui\// }
];

function filesBelow(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return path.endsWith('lib/paraglide') ? [] : filesBelow(path);
		return /\.(ts|svelte|mjs|js)$/.test(entry.name) ? [path] : [];
	});
}

/** The room a file of `src` belongs to; null for what is not in `src`. */
function roomOf(path: string): string | null {
	const parts = relative(source, path).split('/');
	if (parts[0] === '..') return null;
	if (parts[0] === 'lib') return parts[1] ?? null;
	if (parts[0] === 'cli' || parts[0] === 'launch' || parts[0] === 'routes') return parts[0];
	return 'app';
}

/** Statements that import or export from a module, at the start of a line, and dynamic imports. */
const IMPORT =
	/^\s*(?:import|export)\s(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

interface Import {
	readonly file: string;
	readonly room: string;
	readonly specifier: string;
	/** Absolute path, when the import is of this project. */
	readonly target: string | null;
}

function importsOf(path: string): Import[] {
	const text = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
	const room = roomOf(path) ?? '';
	return [...text.matchAll(IMPORT)].map(([, statement, dynamic]) => {
		const specifier = statement ?? dynamic ?? '';
		const plain = specifier.replace(/\?.*$/, '');
		const target = plain.startsWith('#lib/')
			? join(source, 'lib', plain.slice('#lib/'.length))
			: plain.startsWith('$lib/')
				? join(source, 'lib', plain.slice('$lib/'.length))
				: plain.startsWith('.')
					? resolve(dirname(path), plain)
					: null;
		return { file: relative(root, path), room, specifier, target };
	});
}

const imports = filesBelow(source).flatMap(importsOf);

test('the source has imports to read, so that this test can fail', () => {
	expect(imports.length).toBeGreaterThan(100);
});

test('imports between rooms follow the arrows of the house', () => {
	const wrong = imports.filter(({ room, target }) => {
		if (!target) return false;
		const to = roomOf(target);
		if (to === null || to === room || target.endsWith('.css')) return false;
		return !(ARROWS[room] ?? []).includes(to);
	});
	expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
});

test('the engine imports nothing outside itself but one SHA-256', () => {
	const wrong = imports.filter(
		({ room, file, specifier, target }) =>
			room === 'engine' &&
			!target &&
			!(file === 'src/lib/engine/hash.ts' && specifier.startsWith('@noble/hashes/'))
	);
	expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
});

test('a package behind one module is imported by that module alone', () => {
	const wrong = imports.filter(({ file, specifier }) =>
		SOLE_IMPORTERS.some((rule) => rule.package.test(specifier) && !rule.allowed.test(file))
	);
	expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
});

test('what the browser loads does not reach the server', () => {
	const wrong = imports.filter(
		({ file, target }) =>
			file.startsWith('src/routes/') &&
			!/\+(server|page\.server|layout\.server)\.ts$/.test(file) &&
			target?.includes('/lib/server/') === true
	);
	const helpers = wrong.filter(({ file }) => /\.svelte$|\+(page|layout)\.ts$/.test(file));
	expect(helpers.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
});

test('nothing is compiled from text: no eval and no function constructor in the source', () => {
	const wrong = filesBelow(source).filter((path) =>
		/\beval\s*\(|new\s+Function\s*\(/.test(
			readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
		)
	);
	expect(wrong.map((path) => relative(root, path))).toEqual([]);
});
