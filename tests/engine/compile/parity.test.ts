/** Back ends agree on the digest that pages are compared with. */
import { expect, test } from 'vitest';
import { parityDigest } from './parity-cases.ts';

test('both back ends have one digest, run after run', () => {
	const digest = parityDigest('wasm');
	expect(parityDigest('blocks')).toBe(digest);
	expect(parityDigest('wasm')).toBe(digest);
	expect(digest).toMatch(/^[0-9a-f]{64}$/);
});
