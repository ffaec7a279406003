import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Parts of the interface in a real browser. */
export default defineConfig({
	root,
	plugins: [
		tailwindcss(),
		paraglideVitePlugin({
			project: './src/i18n/project.inlang',
			outdir: './src/lib/paraglide',
			strategy: ['cookie', 'preferredLanguage', 'baseLocale']
		}),
		svelte()
	],
	// Found before the first test: a dependency that turns up in the middle reloads the page under it.
	optimizeDeps: {
		include: ['csv-parse/browser/esm/sync'],
		entries: ['tests/component/*.test.ts', 'src/lib/ui/**/*.svelte', 'src/lib/designer/**/*.svelte']
	},
	test: {
		name: 'component',
		include: ['tests/component/**/*.test.ts'],
		fileParallelism: false,
		browser: {
			enabled: true,
			headless: true,
			screenshotFailures: false,
			provider: playwright({
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
				},
				contextOptions: { locale: 'zh-CN' }
			}),
			instances: [{ browser: 'chromium', viewport: { width: 1000, height: 700 } }]
		}
	}
});
