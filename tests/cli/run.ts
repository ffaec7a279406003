/** Runs the command line in this process, with its own folder and streams. */
import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { main } from '../../src/cli/quanheng.ts';

export interface Run {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

/** A folder with these files, removed when the test is over. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array | object>>): string {
	const folder = mkdtempSync(join(tmpdir(), 'quanheng-cli-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	for (const [name, content] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		const isText = typeof content === 'string' || content instanceof Uint8Array;
		writeFileSync(join(folder, name), isText ? content : JSON.stringify(content));
	}
	return folder;
}

/** Runs one command line. */
export async function quanheng(
	argv: readonly string[],
	options: { cwd?: string; input?: string; env?: Record<string, string> } = {}
): Promise<Run> {
	let out = '';
	let err = '';
	const code = await main(argv, {
		env: { LANG: 'en_GB.UTF-8', ...options.env },
		cwd: options.cwd ?? process.cwd(),
		readInput: () => Promise.resolve(new TextEncoder().encode(options.input ?? '')),
		write: (text) => {
			out += text;
			return Promise.resolve();
		},
		log: (text) => {
			err += text;
		},
		isTerminal: false
	});
	return { code, out, err };
}
