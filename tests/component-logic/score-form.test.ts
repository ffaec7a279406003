import { describe, expect, test } from 'vitest';
import { Random, seedOf } from '../engine/generators/random.ts';
import { randomNumberRule } from '../engine/generators/rules.ts';
import { packRules } from './support/pack-rules.ts';
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Rule } from '#lib/engine/logic/rule.ts';
import { scoreAt } from '#lib/designer/curves/score-curve.ts';
import {
	SCORE_KINDS,
	kindOf,
	readScore,
	startForm,
	writeScore
} from '#lib/designer/curves/score-form.ts';

const AT_01: Rule = {
	'+': [
		60,
		{ '*': [2, { floor: { '/': [{ '-': [{ var: 'item.actual' }, 1_000_000] }, 100_000] } }] }
	]
};

const READABLE: readonly Rule[] = [
	AT_01,
	{ min: [AT_01, 100] },
	100,
	{ '*': [{ min: [{ var: 'item.attainment' }, 1.2] }, 100] },
	{ '*': [{ var: 'item.actual' }, 100] },
	{ min: [{ '*': [{ var: 'item.attainment' }, 100] }, 120] },
	{
		curve: [
			{ var: 'item.attainment' },
			[
				[0.6, 0],
				[1, 100]
			]
		]
	},
	{
		curve: [
			{ var: 'item.actual' },
			[
				[0, 100],
				[24, 0]
			],
			'flat',
			'extend'
		]
	},
	{
		steps: [
			{ var: 'item.attainment' },
			[
				[0.8, 80],
				[1, 100]
			],
			0
		]
	},
	{ steps: [{ var: 'item.attainment' }, [[0.8, 80]]] },
	{ if: [{ '<=': [{ var: 'item.actual' }, 24] }, 100, 0] }
];

describe('score rules as forms', () => {
	test.each(READABLE.map((rule) => [JSON.stringify(rule), rule] as const))(
		'%s is read and written back without a change',
		(text, rule) => {
			const form = readScore(rule);
			expect(form.kind).not.toBe('advanced');
			if (form.kind !== 'advanced') expect(JSON.stringify(writeScore(form))).toBe(text);
		}
	);

	test.each<Rule>([
		{ '*': [{ var: 'metric.revenue' }, 100] },
		{ '*': [{ var: ['item.actual', 0] }, 100] },
		{
			curve: [
				{ var: 'item.actual' },
				[
					[0, { var: 'param.x' }],
					[1, 2]
				]
			]
		},
		{ if: [{ '>=': [{ var: 'item.actual' }, 1] }, 100, { var: 'item.actual' }] },
		{ '+': [1, 2, 3] },
		null
	])('a rule that no form says wholly (%j) stays untouched', (rule) => {
		expect(readScore(rule).kind).toBe('advanced');
	});

	test('every kind that can be chosen starts with a form that reads back', () => {
		for (const kind of SCORE_KINDS) {
			const form = startForm(kind, 'item.attainment');
			expect(readScore(writeScore(form))).toEqual(form);
			expect(kindOf(form)).toBe(kind);
		}
	});

	test.each([
		[1_000_000, 60],
		[1_200_000, 64],
		[1_250_000, 64],
		[3_000_000, 100]
	])('sales of %d give %d points by the drawn curve', (sales, points) => {
		expect(scoreAt(readScore(AT_01), sales)).toBe(points);
	});
});

const SAMPLES = [0, 0.3, 0.8, 0.85, 0.9999, 1, 1.1, 1.25, 2];

test('a form of any score of the packs, or of any of 1,000 random rules, writes a rule that computes the same', () => {
	const seed = seedOf(616);
	const random = new Random(seed);
	const rules = packRules();
	for (let i = 0; i < 1_000; i++)
		rules.push({ place: `seed ${seed}, rule ${i}`, rule: randomNumberRule(random, { depth: 2 }) });
	let forms = 0;
	for (const { place, rule } of rules) {
		const form = readScore(rule);
		// What no form says wholly is edited as a rule, and no form writes it.
		if (form.kind === 'advanced') continue;
		forms += 1;
		// Sums and limits may stand in another order; what is computed is the same.
		expect(readScore(writeScore(form)), place).toEqual(form);
		for (const x of SAMPLES) {
			const variables = new Map([
				['item.attainment', x],
				['item.actual', x * 1000]
			]);
			const value = (one: Rule) => evaluateRule(parseRule(one).node, variables).value;
			expect(value(writeScore(form)), `${place} at ${x}`).toBe(value(rule));
		}
	}
	expect(forms).toBeGreaterThan(20);
});
