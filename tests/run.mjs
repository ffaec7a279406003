/**
 * `npm test`: everything, from a bare clone. Plain JavaScript without dependencies, because it runs
 * before anything is installed. Ends with `N passed, N failed` from the counts the tools report.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, requireNode } from '../src/launch/install.mjs';
import { ensureBrowser } from './browser.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, 'test-results');
const quiet = process.argv.includes('--quiet');

/**
 * Runs a program of the project; resolves to its exit code and keeps its output together, so that
 * two lanes that run side by side do not interleave their lines.
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>}
 */
function run(title, command, args, env = {}) {
	const started = Date.now();
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd: root,
			env: { ...process.env, FORCE_COLOR: '0', ...env },
			stdio: ['ignore', 'pipe', 'pipe']
		});
		/** @type {Buffer[]} */
		const output = [];
		child.stdout.on('data', (chunk) => output.push(chunk));
		child.stderr.on('data', (chunk) => output.push(chunk));
		child.on('error', reject);
		child.on('close', (code) => {
			const seconds = ((Date.now() - started) / 1000).toFixed(1);
			const text = Buffer.concat(output).toString('utf8').trimEnd();
			console.log(`\n── ${title}: ${code === 0 ? 'passed' : 'FAILED'} (${seconds} s)`);
			if (text && (code !== 0 || !quiet)) console.log(text);
			resolve(code ?? 1);
		});
	});
}

/** @typedef {{ title: string, passed: number, failed: number, skipped: number }} Tally */
/** @type {Tally[]} */
const tallies = [];

/**
 * A tool that says only yes or no counts as one test.
 * @param {string} title
 * @param {string[]} command
 * @param {Record<string, string>} [env]
 */
async function check(title, [program = 'node', ...args], env) {
	const code = await run(title, program, args, env);
	tallies.push({ title, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });
	return code === 0;
}

/**
 * Runs vitest and counts from its own report.
 * @param {string} title
 * @param {string} config
 * @param {Record<string, string>} [env]
 */
async function vitest(title, config, env) {
	const report = join(results, `${title}.json`);
	const code = await run(
		title,
		join(root, 'node_modules/.bin/vitest'),
		[
			'run',
			'--config',
			config,
			'--reporter=default',
			'--reporter=json',
			`--outputFile.json=${report}`
		],
		env
	);
	if (!existsSync(report)) {
		tallies.push({ title, passed: 0, failed: 1, skipped: 0 });
		return;
	}
	const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites } =
		JSON.parse(readFileSync(report, 'utf8'));
	// A file that does not load has no failed test, and an error outside a test only an exit code.
	const failed = numFailedTests || (code === 0 ? 0 : Math.max(1, numFailedTestSuites));
	tallies.push({ title, passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests });
}

/** Runs the end-to-end tests and counts from Playwright's own report. */
async function playwright() {
	const title = 'end-to-end';
	const report = join(results, `${title}.json`);
	const code = await run(
		title,
		join(root, 'node_modules/.bin/playwright'),
		['test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=list,json'],
		{ PLAYWRIGHT_JSON_OUTPUT_NAME: report }
	);
	if (!existsSync(report)) {
		tallies.push({ title, passed: 0, failed: 1, skipped: 0 });
		return;
	}
	const { stats } = JSON.parse(readFileSync(report, 'utf8'));
	const failed = stats.unexpected + stats.flaky;
	tallies.push({
		title,
		passed: stats.expected,
		failed: failed || (code === 0 ? 0 : 1),
		skipped: stats.skipped
	});
}

async function main() {
	requireNode();
	ensureInstalled();
	rmSync(results, { recursive: true, force: true });
	mkdirSync(results, { recursive: true });

	const datasets = process.env.QUANHENG_DATASETS;
	if (datasets && !existsSync(datasets)) {
		throw new Error(
			`QUANHENG_DATASETS names ${datasets}, which does not exist. Point it at the folder of public data sets, or unset it.`
		);
	}
	const chromium = await ensureBrowser(root);
	const env = { CHROMIUM_PATH: chromium };
	process.env.CHROMIUM_PATH = chromium;

	// The build compiles the messages and generates the route types that lint and types read.
	const built = await check('build', ['node', 'src/launch/build.mjs']);
	const staticLane = async () => {
		await check('formatting', ['node_modules/.bin/prettier', '--check', '--log-level=warn', '.']);
		await check('lint', ['node_modules/.bin/eslint', '.', '--max-warnings=0']);
		await check('types', ['npm', 'run', '--silent', 'check']);
	};
	await Promise.all([staticLane(), vitest('unit and server', 'tests/vitest.config.ts', env)]);
	await vitest('component', 'tests/component/vitest.config.ts', env);
	if (built) await playwright();
	else
		tallies.push({
			title: 'end-to-end (not run: the build failed)',
			passed: 0,
			failed: 1,
			skipped: 0
		});

	console.log('');
	for (const { title, passed, failed, skipped } of tallies)
		console.log(`${title}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
	const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
		tallies.reduce((total, tally) => total + tally[key], 0);
	if (!datasets && sum('skipped') > 0) {
		console.log(
			`${sum('skipped')} tests that read public data sets were skipped: QUANHENG_DATASETS is not set. Their generated equivalents ran.`
		);
	}
	console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
	process.exitCode = sum('failed') === 0 && sum('passed') > 0 ? 0 : 1;
}

main().catch((error) => {
	console.error(error instanceof Error ? error.message : error);
	console.log('\n0 passed, 1 failed');
	process.exitCode = 1;
});
