import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { threads } from '../../src/launch/thread-plugin.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** `npm run test:deep`: the same rules as in every run, on far more random cases. */
export default defineConfig({
	root,
	plugins: [threads()],
	test: {
		name: 'deep',
		environment: 'node',
		include: ['tests/deep/**/*.deep.ts'],
		env: { TZ: 'UTC', QUANHENG_FUZZ_PAIRS: '1000000', QUANHENG_FUZZ_FILES: '10000' },
		testTimeout: 3_600_000,
		hookTimeout: 600_000,
		pool: 'threads',
		maxWorkers: 2
	}
});
