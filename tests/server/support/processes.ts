/** Other processes for tests of crashes and locks. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { build } from 'vite';

export const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));

/** Starts a Node program that ends with the test at the latest. */
export function startNode(
	file: string,
	args: readonly string[] = [],
	env: Readonly<Record<string, string>> = {}
): ChildProcess {
	const { VITEST: _vitest, NODE_OPTIONS: _options, ...rest } = process.env;
	const child = spawn(process.execPath, [file, ...args], {
		cwd: projectRoot,
		env: { ...rest, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	onTestFinished(() => {
		child.kill('SIGKILL');
	});
	return child;
}

/** Everything a process printed, once it ended. */
export async function outcomeOf(
	child: ChildProcess
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
	let out = '';
	let err = '';
	child.stdout?.on('data', (part: Buffer) => (out += part.toString()));
	child.stderr?.on('data', (part: Buffer) => (err += part.toString()));
	const [code] = (await once(child, 'close')) as [number | null];
	return { code, out, err };
}

/** The first line of a process that matches. Rejects when it ends without one. */
export function lineOf(child: ChildProcess, pattern: RegExp): Promise<string> {
	return new Promise((resolve, reject) => {
		let text = '';
		child.stdout?.on('data', (part: Buffer) => {
			text += part.toString();
			const line = text.split('\n').find((candidate) => pattern.test(candidate));
			if (line !== undefined) resolve(line);
		});
		child.once('close', () => reject(new Error(`No line ${pattern} in: ${text}`)));
	});
}

/** Bundles a TypeScript file to a program that plain Node runs. */
export async function bundleProgram(source: string): Promise<string> {
	const cache = join(projectRoot, 'node_modules', '.cache', 'quanheng');
	mkdirSync(cache, { recursive: true });
	const folder = mkdtempSync(join(cache, 'program-'));
	await build({
		root: projectRoot,
		configFile: false,
		logLevel: 'error',
		build: {
			ssr: source,
			outDir: folder,
			target: 'node20',
			minify: false,
			rollupOptions: { output: { entryFileNames: 'program.mjs', codeSplitting: false } }
		}
	});
	return join(folder, 'program.mjs');
}
