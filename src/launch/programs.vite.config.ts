import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { threadName, threads } from './thread-plugin.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What is started by hand or by `npm start`: entry name → source. */
const programs: Readonly<Record<string, string>> = {
	server: 'src/launch/server.ts',
	quanheng: 'src/cli/quanheng.ts',
	bench: 'src/cli/bench.ts'
};

function threadEntries(): readonly [string, string][] {
	return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.thread.ts'))
		.map((path) => join(root, 'src', path))
		.map((path) => [`threads/${threadName(root, path)}`, path]);
}

/** Builds the programs that run outside SvelteKit, and all worker threads, to `build/programs`. */
export default defineConfig({
	root,
	plugins: [threads()],
	build: {
		ssr: true,
		outDir: join(root, 'build/programs'),
		emptyOutDir: true,
		target: 'node20',
		minify: false,
		copyPublicDir: false,
		rollupOptions: {
			input: Object.fromEntries([
				...Object.entries(programs)
					.map(([name, path]) => [name, join(root, path)] as const)
					.filter(([, path]) => existsSync(path)),
				...threadEntries()
			]),
			output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' }
		}
	}
});
