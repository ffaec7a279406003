/** The long form of the scheme test: whole random schemes, by interpreter and by json-logic-js. */
import { expect, it } from 'vitest';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { scoreTable } from '#lib/engine/score/score-table.ts';
import { evaluateByReference } from '#lib/reference/index.ts';
import { Random, seedOf } from '../engine/generators/random.ts';
import { randomScheme, randomTable } from '../engine/generators/scheme.ts';
import { differenceOf } from '../engine/score/same-bits.ts';

const SCHEMES = Number(process.env['QUANHENG_FUZZ_SCHEMES']) || 10_000;
const PART = 500;
const first = seedOf(20_450_901);
const parts = Array.from({ length: Math.ceil(SCHEMES / PART) }, (_, part) => first + part);

it.each(parts)('random schemes score the same bits, seed %i', { timeout: 600_000 }, (seed) => {
	const random = new Random(seed);
	for (let i = 0; i < Math.min(PART, SCHEMES); i++) {
		const document = randomScheme(random, { wrongWeights: true });
		const table = randomTable(random, 24, random.pick([0, 0.1, 0.4]), random.pick([0, 0, 0.3]));
		const prepared = prepareScheme(document);
		const preview = random.chance(0.5);
		const ours = scoreTable(prepared, table, { preview });
		const reference = scoreTable(prepared, table, { preview, evaluate: evaluateByReference });
		expect(differenceOf(ours, reference), `scheme ${i}: ${JSON.stringify(document)}`).toBeNull();
	}
});
