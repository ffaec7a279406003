import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { threads } from '../src/launch/thread-plugin.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Tests that need no browser. They run in UTC with a fixed clock; time zones are varied on purpose. */
export default defineConfig({
	root,
	plugins: [threads()],
	test: {
		name: 'node',
		environment: 'node',
		include: ['tests/**/*.test.ts'],
		exclude: ['tests/e2e/**', 'tests/component/**', 'tests/deep/**'],
		env: { TZ: 'UTC' },
		// Long on purpose: two cores run lint and types at the same time. Nothing waits for the clock.
		testTimeout: 240_000,
		hookTimeout: 120_000,
		pool: 'threads',
		maxWorkers: 2
	}
});
