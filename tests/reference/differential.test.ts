import { describe, expect, it } from 'vitest';
import { seedOf } from '../engine/generators/random.ts';
import { runDifferential } from './differential.ts';

/** At least this many in every run; QUANHENG_FUZZ_PAIRS asks for more. */
const LEAST_PAIRS = 20_000;

describe('interpreter and json-logic-js', () => {
	it('give the same bits on random rules and data', { timeout: 600_000 }, () => {
		const pairs = Math.max(LEAST_PAIRS, Number(process.env['QUANHENG_FUZZ_PAIRS']) || 0);
		const seed = seedOf(20_250_131);
		const result = runDifferential(pairs, seed);
		console.log(
			`Differential: ${result.pairs} pairs of ${result.rules} rules, seed ${seed}, results ${JSON.stringify(result.results)}`
		);
		expect(result.mismatches, `seed ${seed}`).toEqual([]);
		expect(result.pairs).toBe(pairs);
		for (const kind of ['number', 'string', 'boolean', 'list', 'null']) {
			expect(result.results[kind], `results that are ${kind}`).toBeGreaterThan(pairs / 100);
		}
	});
});
