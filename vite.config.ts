import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { threads } from './src/launch/thread-plugin.ts';

export default defineConfig({
	plugins: [
		threads(),
		tailwindcss(),
		paraglideVitePlugin({
			project: './src/i18n/project.inlang',
			outdir: './src/lib/paraglide',
			strategy: ['cookie', 'preferredLanguage', 'baseLocale']
		}),
		sveltekit()
	],
	worker: { format: 'es' },
	build: {
		target: 'es2022',
		rollupOptions: {
			onwarn(warning, warn) {
				// A missing message compiles to `undefined` and shows as nothing: fail the build instead.
				if (warning.code === 'IMPORT_IS_UNDEFINED') throw new Error(warning.message);
				warn(warning);
			}
		}
	}
});
