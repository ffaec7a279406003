/** Rules in columns, one row at a time: the bits of the interpreter, on odd rules and odd data. */
import { describe, expect, it } from 'vitest';
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Value } from '#lib/engine/logic/rule.ts';
import { ALL_VARIABLES, randomScalar } from '../generators/data.ts';
import { Random, seedOf } from '../generators/random.ts';
import { randomCondition, randomNumberRule } from '../generators/rules.ts';
import { runInColumns } from './columns.ts';

const RULES = 1_500;
/** A scheme computes `item.*` itself. */
const variables = ALL_VARIABLES.filter((path) => !path.startsWith('item.'));

function rowOf(random: Random): Map<string, Value> {
	const present = variables.filter(() => random.chance(0.85));
	return new Map(present.map((path) => [path, randomScalar(random)]));
}

describe.each(['wasm', 'blocks'] as const)('random rules in columns, %s', (backend) => {
	it('give what the interpreter gives', { timeout: 120_000 }, () => {
		const seed = seedOf(backend === 'wasm' ? 1_811 : 1_812);
		const random = new Random(seed);
		const run = runInColumns(backend);
		let ran = 0;
		for (let i = 0; i < RULES; i++) {
			const shape = { depth: random.int(1, 4), variables };
			const rule = random.chance(0.7)
				? randomNumberRule(random, shape)
				: randomCondition(random, shape);
			const row = rowOf(random);
			const value = run(rule, row);
			if (value === undefined) continue;
			ran++;
			const expected = evaluateRule(parseRule(rule).node, row).value;
			const shown = `seed ${seed}, rule ${i}: ${JSON.stringify(rule)} on ${JSON.stringify([...row])}`;
			expect(
				Object.is(value, expected),
				`${shown}: ${String(value)}, not ${String(expected)}`
			).toBe(true);
		}
		console.log(`Columns, ${backend}: ${ran} of ${RULES} random rules, seed ${seed}.`);
		expect(ran).toBeGreaterThan(RULES / 2);
	});
});
