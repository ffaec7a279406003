import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter({ out: 'build', precompress: true }),
		csp: {
			mode: 'nonce',
			directives: {
				'default-src': ['self'],
				'script-src': ['self', 'wasm-unsafe-eval'],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:'],
				'font-src': ['self', 'data:'],
				'worker-src': ['self', 'blob:'],
				'connect-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['self'],
				'form-action': ['self'],
				'frame-ancestors': ['none']
			}
		},
		// Every mutation is checked for its origin in src/hooks.server.ts, JSON bodies included;
		// Kit's own check covers form bodies only and stays on as a second lock.
		typescript: {
			config: (config) => ({
				...config,
				include: [
					...config.include,
					'../tests/**/*.ts',
					'../src/**/*.ts',
					'../src/**/*.mjs',
					'../*.ts',
					'../*.js'
				],
				exclude: [...(config.exclude ?? []), '../src/lib/paraglide/**']
			})
		}
	}
};
