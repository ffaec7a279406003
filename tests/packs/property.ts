/** Properties over random cases with a fixed seed, which a failure prints. */
import fc from 'fast-check';
import { test as it } from 'vitest';

export { fc };

const SEED = 20261122;
const RUNS = 60;

/** A test that must hold for random values. */
export function test<A, B>(
	name: string,
	first: fc.Arbitrary<A>,
	second: fc.Arbitrary<B>,
	holds: (a: A, b: B) => Promise<void>
): void {
	it(`${name} (seed ${SEED})`, () =>
		fc.assert(fc.asyncProperty(first, second, holds), { seed: SEED, numRuns: RUNS }));
}
