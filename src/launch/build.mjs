/**
 * Builds when the sources changed since the last build. Shared by `npm start`, `npm test` and, run
 * by itself, `npm run build`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOfSources, readStamp, root } from './fingerprint.mjs';

const STAMP = join('build', '.quanheng-built');
const VITE = join('node_modules', 'vite', 'bin', 'vite.js');
const STEPS = [
	['build', '--logLevel', 'warn'],
	['build', '--logLevel', 'warn', '--config', join('src', 'launch', 'programs.vite.config.ts')]
];

/** Builds the web application and the programs unless that was done from these sources. @returns {void} */
export function ensureBuilt() {
	const wanted = hashOfSources();
	const complete = existsSync(join(root, 'build', 'programs', 'server.js'));
	if (complete && readStamp(STAMP) === wanted) return;
	console.error('正在构建(约一分钟)… / Building (about a minute)…');
	rmSync(join(root, STAMP), { force: true });
	for (const step of STEPS) {
		const result = spawnSync(process.execPath, [join(root, VITE), ...step], {
			cwd: root,
			encoding: 'utf8',
			env: { ...process.env, NODE_ENV: 'production' },
			maxBuffer: 64 * 1024 * 1024
		});
		if (result.status !== 0) {
			console.error(result.stdout, result.stderr);
			console.error('构建失败,原因见上。\nThe build failed; the reason is above.');
			process.exit(1);
		}
	}
	writeFileSync(join(root, STAMP), `${wanted}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureBuilt();
