/**
 * Finds a Chromium for the tests or installs one: Debian's through apt-get as root, Playwright's own
 * elsewhere. Browser tests are never skipped, so a machine that can do neither gets one sentence.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const KNOWN_PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome-stable',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
];

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
function succeeds(command, args, options = {}) {
	return spawnSync(command, args, { stdio: 'ignore', ...options }).status === 0;
}

/**
 * Debian's packages, when this is root on a machine with apt-get.
 * @param {string[]} packages
 */
function installFromDebian(packages) {
	if (process.getuid?.() !== 0 || !succeeds('apt-get', ['--version'])) return false;
	console.log(`Installing ${packages.join(', ')} through apt-get …`);
	/** @type {import('node:child_process').SpawnSyncOptions} */
	const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
	return (
		succeeds('apt-get', ['update', '-qq'], options) &&
		succeeds('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
	);
}

/** @param {string} root the project's folder */
async function findBrowser(root) {
	const given = process.env.CHROMIUM_PATH;
	if (given) {
		if (existsSync(given)) return given;
		throw new Error(`CHROMIUM_PATH names ${given}, which does not exist. Correct it or unset it.`);
	}
	const known = KNOWN_PLACES.find((place) => existsSync(place));
	if (known) return known;
	if (!existsSync(join(root, 'node_modules/@playwright/test'))) return null;
	const { chromium } = await import('@playwright/test');
	const own = chromium.executablePath();
	return existsSync(own) ? own : null;
}

/**
 * @param {string} root the project's folder
 * @returns {Promise<string>} path of the browser's program
 * @throws when there is none and none could be installed
 */
export async function ensureBrowser(root) {
	// Without a Chinese font every Chinese glyph is an empty box, and the tests look for those.
	const chineseFont = succeeds('sh', ['-c', 'fc-list :lang=zh | grep -q .']);
	let browser = await findBrowser(root);
	const missing = [...(browser ? [] : ['chromium']), ...(chineseFont ? [] : ['fonts-noto-cjk'])];
	if (missing.length > 0) installFromDebian(missing);
	browser ??= await findBrowser(root);
	if (!browser) {
		succeeds(join(root, 'node_modules/.bin/playwright'), ['install', 'chromium'], {
			cwd: root,
			stdio: 'inherit'
		});
		browser = await findBrowser(root);
	}
	if (!browser) {
		throw new Error(
			'The browser tests need Chromium and it could not be installed here: install it (Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM_PATH to one.'
		);
	}
	return browser;
}
