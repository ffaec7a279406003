/** Installs what is missing from the lock file. Shared by `npm start` and `npm test`. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOfFile, readStamp, root } from './fingerprint.mjs';

const STAMP = join('node_modules', '.quanheng-installed');

/** The oldest Node that everything here runs on. */
const OLDEST = [20, 19];

/** Ends the process with a sentence when this Node is too old. @returns {void} */
export function requireNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
	if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
	console.error(
		`需要 Node.js ${OLDEST.join('.')} 或更新版本,当前为 ${process.versions.node}。\n` +
			`Quanheng needs Node.js ${OLDEST.join('.')} or newer; this is ${process.versions.node}. Install the current LTS from https://nodejs.org.`
	);
	process.exit(1);
}

/** Installs the packages of the lock file unless they are there. @returns {void} */
export function ensureInstalled() {
	const wanted = hashOfFile('package-lock.json');
	if (readStamp(STAMP) === wanted) return;
	if (!isInstalled()) {
		console.error('正在安装依赖(首次需要几分钟)… / Installing packages (a few minutes once)…');
		const result = runNpm(['ci', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error']);
		if (result.status !== 0) {
			console.error(
				'依赖安装失败,请检查网络后重试。\nThe packages could not be installed; check the network and start again.'
			);
			process.exit(1);
		}
	}
	writeFileSync(join(root, STAMP), `${wanted}\n`);
}

/**
 * True when every package of the lock file that this machine needs is there in that version, by
 * npm's own record: whoever ran `npm ci` themselves is not made to wait again.
 */
function isInstalled() {
	const record = join(root, 'node_modules', '.package-lock.json');
	if (!existsSync(record)) return false;
	const installed = JSON.parse(readFileSync(record, 'utf8')).packages ?? {};
	const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
	return Object.entries(locked).every(
		([path, entry]) =>
			path === '' ||
			entry.optional ||
			entry.devOptional ||
			entry.peer ||
			installed[path]?.version === entry.version
	);
}

/** Runs the npm that started us, or the one on the path. @param {string[]} args */
function runNpm(args) {
	/** @type {import('node:child_process').SpawnSyncOptions} */
	const options = { cwd: root, stdio: ['ignore', 2, 2] };
	const npm = process.env.npm_execpath;
	return npm && /\.[cm]?js$/.test(npm)
		? spawnSync(process.execPath, [npm, ...args], options)
		: spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}
