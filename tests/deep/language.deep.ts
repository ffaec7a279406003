/** The long form of the differential test: a million pairs, from as many seeds as there are parts. */
import { describe, expect, it } from 'vitest';
import { seedOf } from '../engine/generators/random.ts';
import { runDifferential } from '../reference/differential.ts';

const PAIRS = Number(process.env['QUANHENG_FUZZ_PAIRS']) || 1_000_000;
const PART = 50_000;

describe('interpreter and json-logic-js, at length', () => {
	const first = seedOf(19_491_001);
	const parts = Array.from({ length: Math.ceil(PAIRS / PART) }, (_, part) => first + part);

	it.each(parts)('give the same bits, seed %i', { timeout: 600_000 }, (seed) => {
		const result = runDifferential(Math.min(PART, PAIRS), seed);
		expect(result.mismatches, `seed ${seed}`).toEqual([]);
	});

	it('ran as many pairs as were asked for', () => {
		console.log(`Differential: ${parts.length * PART} pairs from seed ${first} on.`);
		expect(parts.length * PART).toBeGreaterThanOrEqual(PAIRS);
	});
});
