import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

const root = fileURLToPath(new URL('../..', import.meta.url));
const port = Number(process.env.E2E_PORT ?? 4417);
// The configuration is read once more in every worker; all must name the folder of the first reading.
const dataDir = (process.env.E2E_DATA_DIR ??= temporaryFolder());

/** Gone when the tests are over, and the server with them. */
function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'quanheng-e2e-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** Address of a server that runs already, on data of its own; unset, the tests start one. */
const running = process.env.E2E_BASE_URL;

/** The real product as `npm start` starts it, on a new folder of data, in a real browser. */
export default defineConfig({
	testDir: '.',
	// Long walks are a run of their own: `npm run test:walks`.
	testMatch: process.env.E2E_WALKS ? ['*.deep.ts', 'designer-states.spec.ts'] : '*.spec.ts',
	outputDir: join(root, 'test-results/e2e'),
	timeout: 120_000,
	expect: { timeout: 10_000 },
	workers: 1,
	retries: 0,
	fullyParallel: false,
	forbidOnly: true,
	use: {
		baseURL: running ?? `http://127.0.0.1:${port}`,
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		actionTimeout: 15_000,
		navigationTimeout: 30_000,
		trace: 'retain-on-failure',
		launchOptions: {
			executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync'
			]
		}
	},
	...(running
		? {}
		: {
				webServer: {
					command: 'node src/launch/start.mjs',
					cwd: root,
					url: `http://127.0.0.1:${port}/healthz`,
					timeout: 180_000,
					reuseExistingServer: false,
					env: { PORT: String(port), DATA_DIR: dataDir, HOST: '127.0.0.1' }
				}
			})
});
