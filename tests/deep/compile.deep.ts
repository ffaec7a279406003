/** Thousands of random schemes, scored by both back ends and by the interpreter: the same bits. */
import { expect, test } from 'vitest';
import { compileScheme } from '#lib/engine/compile/compile.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { scoreTable } from '#lib/engine/score/score-table.ts';
import { Random, seedOf } from '../engine/generators/random.ts';
import { randomScheme, randomTable } from '../engine/generators/scheme.ts';
import { differenceOf } from '../engine/score/same-bits.ts';

const SCHEMES = 3000;
const MINUTES = 60_000;

test(
	`${SCHEMES} random schemes give the same bits in every engine (seed ${seedOf(8080)})`,
	() => {
		const seed = seedOf(8080);
		const random = new Random(seed);
		for (let i = 0; i < SCHEMES; i++) {
			const document = randomScheme(random, { wrongWeights: random.chance(0.2) });
			const table = randomTable(random, 40 + random.int(0, 1), random.pick([0, 0.1, 0.4]));
			const prepared = prepareScheme(document);
			const preview = random.chance(0.3);
			const plain = scoreTable(prepared, table, { preview });
			for (const backend of ['wasm', 'blocks'] as const) {
				const compiled = compileScheme(prepared, table, { backend, preview });
				const difference = differenceOf(plain, compiled.score());
				expect(difference, `${backend}, scheme ${i} of seed ${seed}`).toBeNull();
			}
		}
	},
	20 * MINUTES
);
