/** Canonical JSON (RFC 8785) and the hash over it. */
import { describe, expect, it } from 'vitest';
import { createHasher, sha256Hex } from '#lib/engine/hash.ts';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { randomJson } from '../generators/data.ts';
import { Random } from '../generators/random.ts';

describe('canonical JSON', () => {
	it('prints the example of RFC 8785, section 3.2.2', () => {
		const value: Json = {
			numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
			string: '€$\u000f\nA\'B"\\\\"/',
			literals: [null, true, false]
		};
		expect(canonicalJson(value)).toBe(
			'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
		);
	});

	it('sorts names by UTF-16 code units, as section 3.2.3 does', () => {
		const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
		const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 0])));
		const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
		expect(text).toBe(`{${sorted.map((name) => `${JSON.stringify(name)}:0`).join(',')}}`);
	});

	it('does not depend on the order in which keys were written', () => {
		const random = new Random(8785);
		for (let i = 0; i < 500; i++) {
			const keys = random.shuffle(['a', 'b', 'c', '__proto__', '10', '9']);
			const parts = keys.map((key) => [key, 1] as const);
			expect(canonicalJson(Object.fromEntries(parts))).toBe(
				'{"10":1,"9":1,"__proto__":1,"a":1,"b":1,"c":1}'
			);
		}
	});

	it('reads back to the same value', () => {
		const random = new Random(3);
		for (let i = 0; i < 500; i++) {
			const value = randomJson(random, 4);
			const text = JSON.stringify(value);
			if (/\\ud/.test(text)) continue;
			const back: unknown = JSON.parse(canonicalJson(value));
			expect(back).toEqual(JSON.parse(text));
		}
	});

	it('prints −0 as 0 and refuses what JSON cannot say', () => {
		expect(canonicalJson(-0)).toBe('0');
		expect(() => canonicalJson(Number.NaN)).toThrow(TypeError);
		expect(() => canonicalJson([Number.POSITIVE_INFINITY])).toThrow(TypeError);
		expect(() => canonicalJson('\ud800')).toThrow(TypeError);
	});

	it('does not overflow on nesting of 100,000 levels', () => {
		let value: Json = 1;
		for (let i = 0; i < 100_000; i++) value = [value];
		expect(canonicalJson(value).length).toBe(200_001);
	});
});

describe('SHA-256', () => {
	it('gives the digests of FIPS 180-4', () => {
		expect(sha256Hex('abc')).toBe(
			'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
		);
		expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
	});

	it('gives the same piece by piece', () => {
		const hasher = createHasher()
			.update('销售')
			.update(new Uint8Array([1, 2, 3]));
		expect(hasher.hex()).toBe(
			sha256Hex(new Uint8Array([...new TextEncoder().encode('销售'), 1, 2, 3]))
		);
	});
});
