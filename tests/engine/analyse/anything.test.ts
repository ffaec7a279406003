/** Whatever stands in a rule, the checker answers: no exception, no hole in a message, no hang. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { analyseScheme } from '#lib/engine/analyse/analyse.ts';
import { OPERATORS } from '#lib/engine/logic/operators/index.ts';
import type { Json, Rule } from '#lib/engine/logic/rule.ts';
import { schemeWith } from './random-schemes.ts';

const leaf = fc.oneof(
	fc.constantFrom<Json>(
		0,
		1,
		-5,
		100,
		1e9,
		'Europe',
		'5',
		'',
		true,
		null,
		[1, 2],
		[
			[0, 0],
			[1, 100]
		]
	),
	fc
		.constantFrom('item.actual', 'item.attainment', 'employee.region', 'param.line', 'period.month')
		.map((path): Rule => ({ var: path }))
);
const rule: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
	rule: fc.oneof(
		{ maxDepth: 4, depthIdentifier: 'any' },
		leaf,
		fc
			.tuple(
				fc.constantFrom(...OPERATORS.keys()),
				fc.array(tie('rule'), { minLength: 1, maxLength: 4 })
			)
			.map(([operator, operands]): Rule => ({ [operator]: operands }))
	)
})).rule;

/** Mostly something plain, so that one odd rule does not hide what the others bring about. */
const or = (plain: Rule): fc.Arbitrary<Rule> =>
	fc.oneof({ arbitrary: fc.constant(plain), weight: 2 }, { arbitrary: rule, weight: 1 });

it('answers any rules in any places', () => {
	let analysed = 0;
	fc.assert(
		fc.property(or(50), or(100), or(true), or(true), (weight, score, gate, applies) => {
			const base = schemeWith([weight, 50], applies);
			const scheme = {
				...base,
				items: base.items.map((item, index) => (index === 1 ? { ...item, score } : item)),
				gates: [
					{ id: 'gate', name: { 'zh-CN': '红线', en: 'gate' }, when: gate, effect: { cap: 60 } }
				]
			};
			const { diagnostics, proof } = analyseScheme(scheme);
			if (proof) analysed++;
			for (const { message, advice } of diagnostics) {
				expect(JSON.stringify([message, advice])).not.toMatch(/NaN|\{\w+\}|\[object/);
			}
		}),
		{ numRuns: 3_000, seed: 20_250_701 }
	);
	expect(analysed).toBeGreaterThan(100);
}, 120_000);
