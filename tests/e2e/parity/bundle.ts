/** The digest as one module, the same text for Node and for a browser. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Bundles the digest: a module that exports `parityDigest` and, for pages, sets it on the global. */
export async function bundleDigest(): Promise<string> {
	const built = await build({
		root,
		configFile: false,
		logLevel: 'warn',
		// Nothing of the test's environment reaches the page.
		define: { 'process.env': '{}' },
		build: {
			write: false,
			minify: false,
			target: 'es2023',
			lib: {
				entry: join(root, 'tests/e2e/parity/digest.ts'),
				// A module, since only modules are strict: a sloppy script boxes `this` of primitives.
				formats: ['es'],
				fileName: 'parity'
			}
		}
	});
	const [output] = Array.isArray(built) ? built : [built];
	if (!output || !('output' in output)) throw new Error('The digest was not bundled.');
	return `${output.output[0].code}\nglobalThis.parityDigest = parityDigest;`;
}
