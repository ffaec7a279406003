/**
 * `import path from './replay.thread.ts?thread'` gives the path of a file that
 * `new Worker(path)` runs: see README.md in this folder.
 */
import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build, type Plugin } from 'vite';

const QUERY = '?thread';

/** The name of a thread's built file: its path under `src`, so that no two collide. */
export function threadName(root: string, file: string): string {
	return relative(join(root, 'src'), file).replace(/\.ts$/, '').replaceAll(/[/\\]/g, '-');
}

/** Makes `?thread` imports work in the build, in `vite dev` and in vitest. */
export function threads(): Plugin {
	let root = process.cwd();
	let serving = false;
	return {
		name: 'quanheng:threads',
		enforce: 'pre',
		configResolved(config) {
			root = config.root;
			serving = config.command === 'serve';
		},
		async load(id) {
			if (!id.endsWith(QUERY)) return null;
			const file = id.slice(0, -QUERY.length);
			const name = threadName(root, file);
			if (!serving) return lookUp(name);
			const bundle = await bundleThread(root, file);
			for (const source of bundle.sources) this.addWatchFile(source);
			const path = await keep(root, name, bundle.code);
			return `export default ${JSON.stringify(path)};`;
		}
	};
}

/**
 * Code that finds the thread beside the built programs. Kit's adapter bundles its server a second
 * time, after which a path fixed by the first bundling would point nowhere; so it is looked for
 * upwards from wherever the importing code ended up.
 */
function lookUp(name: string): string {
	return `import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
const wanted = ${JSON.stringify(join('programs', 'threads', `${name}.js`))};
let folder = dirname(fileURLToPath(import.meta.url));
while (!existsSync(join(folder, wanted)) && dirname(folder) !== folder) folder = dirname(folder);
export default join(folder, wanted);`;
}

async function bundleThread(root: string, file: string) {
	const result = await build({
		root,
		configFile: false,
		logLevel: 'warn',
		plugins: [threads()],
		build: {
			ssr: file,
			write: false,
			target: 'node20',
			minify: false,
			rollupOptions: { output: { codeSplitting: false } }
		}
	});
	const output = Array.isArray(result) ? result[0] : result;
	if (!output || !('output' in output)) throw new Error(`${file} could not be bundled.`);
	const chunk = output.output.find((part) => part.type === 'chunk' && part.isEntry);
	if (chunk?.type !== 'chunk') throw new Error(`${file} gave no program.`);
	const sources = chunk.moduleIds.filter((id) => id.startsWith(join(root, 'src')));
	return { code: chunk.code, sources };
}

/** Keeps a bundle under a name that holds its hash: test runs side by side do not collide. */
async function keep(root: string, name: string, code: string): Promise<string> {
	const folder = join(root, 'node_modules', '.cache', 'quanheng', 'threads');
	await mkdir(folder, { recursive: true });
	const hash = createHash('sha256').update(code).digest('hex').slice(0, 16);
	const path = join(folder, `${name}-${hash}.mjs`);
	const temporary = `${path}.${process.pid}.${Date.now()}`;
	await writeFile(temporary, code);
	await rename(temporary, path);
	return path;
}
