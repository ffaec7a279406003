/** Compiled kernels give exactly what the interpreter gives: every column, every row, every bit. */
import { describe, expect, test } from 'vitest';
import { compileScheme, type BackendName } from '#lib/engine/compile/compile.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { scoreTable } from '#lib/engine/score/score-table.ts';
import { evaluateByReference } from '#lib/reference/index.ts';
import { Random, seedOf } from '../generators/random.ts';
import { randomScheme, randomTable } from '../generators/scheme.ts';
import { differenceOf } from '../score/same-bits.ts';

const BACKENDS: readonly BackendName[] = ['wasm', 'blocks'];
const SCHEMES = 150;
const ROWS = 60;

describe.each(BACKENDS)('%s', (backend) => {
	const seed = seedOf(backend === 'wasm' ? 20261122 : 20261123);

	test(`scores random schemes as the interpreter does (seed ${seed})`, () => {
		const random = new Random(seed);
		for (let i = 0; i < SCHEMES; i++) {
			const document = randomScheme(random, { wrongWeights: random.chance(0.2) });
			const table = randomTable(random, ROWS + random.int(0, 1), random.pick([0, 0.05, 0.3]));
			const prepared = prepareScheme(document);
			const preview = random.chance(0.3);
			const compiled = compileScheme(prepared, table, { backend, preview });
			expect(compiled.report.backend).toBe(backend);
			const difference = differenceOf(scoreTable(prepared, table, { preview }), compiled.score());
			expect(difference, `scheme ${i} of seed ${seed}: ${JSON.stringify(document)}`).toBeNull();
		}
	});
});

test(`json-logic-js gives the same scorecards (seed ${seedOf(31)})`, () => {
	const random = new Random(seedOf(31));
	for (let i = 0; i < 30; i++) {
		const document = randomScheme(random);
		const table = randomTable(random, 25);
		const prepared = prepareScheme(document);
		const witness = scoreTable(prepared, table, { evaluate: evaluateByReference });
		const compiled = compileScheme(prepared, table, { backend: 'wasm' }).score();
		expect(differenceOf(witness, compiled), `scheme ${i}`).toBeNull();
	}
});
