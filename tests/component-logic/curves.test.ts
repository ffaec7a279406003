/**
 * A form says a score rule wholly or not at all: what is read is what the engine computes, what is
 * written reads back the same, and what a form does not say stays as it was, byte for byte.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Rule, Value } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { scoreAt } from '#lib/designer/curves/score-curve.ts';
import {
	COUNTINGS,
	CURVE_ENDS,
	readScore,
	writeScore,
	type EditableForm,
	type Point
} from '#lib/designer/curves/score-form.ts';
import { randomNumberRule } from '../engine/generators/rules.ts';
import { Random, seedOf } from '../engine/generators/random.ts';

const SEED = seedOf(20_261_122);
const PACKS = fileURLToPath(new URL('../../rule-packs', import.meta.url));

const figure = fc
	.integer({ min: -40_000, max: 40_000 })
	.chain((n) => fc.constantFrom(n, n / 100, n * 50));
const size = figure.map((n) => Math.abs(n) + 0.01);
const named = fc.constantFrom('item.attainment' as const, 'item.actual' as const);
const calculated = fc.constantFrom<Rule>(
	{ var: 'team.shipments.attainment' },
	{ '/': [{ var: 'item.actual' }, { var: ['param.season_index', 1] }] }
);
const input = fc.oneof(
	named,
	calculated.map((rule) => ({ rule }))
);
const counting = fc.constantFrom(...COUNTINGS);
const end = fc.constantFrom(...CURVE_ENDS);
const orNull = fc.option(figure, { nil: null });

function pointsOf(least: number) {
	return fc
		.uniqueArray(fc.tuple(figure, figure), {
			minLength: least,
			maxLength: 6,
			selector: ([x]) => x
		})
		.map((points): readonly Point[] => points.toSorted(([a], [b]) => a - b));
}

const form = fc.oneof<fc.Arbitrary<EditableForm>[]>(
	fc.record({
		kind: fc.constant('proportional' as const),
		input: named,
		factor: figure,
		cap: figure,
		capOn: fc.constantFrom('input' as const, 'score' as const)
	}),
	fc.record({
		kind: fc.constant('proportional' as const),
		input: named,
		factor: figure,
		cap: fc.constant(null),
		capOn: fc.constant('input' as const)
	}),
	fc.record({
		kind: fc.constant('piecewise' as const),
		input,
		points: pointsOf(2),
		below: end,
		above: end
	}),
	fc.record({ kind: fc.constant('steps' as const), input, steps: pointsOf(1), otherwise: orNull }),
	fc.record({
		kind: fc.constant('base_step' as const),
		input: named,
		base: figure,
		perStep: figure,
		from: figure,
		stepSize: size,
		counting,
		cap: orNull,
		floor: orNull,
		below: fc.oneof(
			fc.constantFrom('continue' as const, 'undefined' as const),
			figure.map((score) => ({ score })),
			figure.map((factor) => ({ factor }))
		)
	}),
	fc.record({
		kind: fc.constant('deduction' as const),
		input: named,
		start: figure,
		each: figure,
		from: figure,
		per: size,
		side: fc.constantFrom('above' as const, 'below' as const),
		counting,
		floor: orNull
	}),
	fc.record({
		kind: fc.constant('pass_fail' as const),
		input: named,
		comparison: fc.constantFrom('>=' as const, '>' as const, '<=' as const, '<' as const),
		threshold: figure,
		pass: figure,
		fail: figure,
		guarded: fc.boolean()
	}),
	fc.record({ kind: fc.constant('fixed' as const), score: figure })
);

function evaluate(rule: Rule, x: number | null): Value {
	const { node, diagnostics } = parseRule(rule);
	expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
	const variables = new Map<string, Value>([
		['item.actual', x],
		['item.attainment', x],
		['team.shipments.attainment', x]
	]);
	return evaluateRule(node, variables).value;
}

/** Values on, beside and between the corners of a form. */
function probes(shape: EditableForm): readonly number[] {
	const corners =
		shape.kind === 'piecewise'
			? shape.points.map(([x]) => x)
			: shape.kind === 'steps'
				? shape.steps.map(([x]) => x)
				: 'from' in shape
					? [shape.from, shape.from + 3]
					: 'threshold' in shape
						? [shape.threshold]
						: [0, 1];
	return corners.flatMap((x) => [x, x - 0.5, x + 0.5, x * 1.1 + 0.003, x - 700, x + 700]);
}

describe('score forms', () => {
	test('every form is read back from its rule as the same form', () => {
		fc.assert(
			fc.property(form, (shape) => {
				expect(readScore(writeScore(shape))).toEqual(shape);
			}),
			{ seed: SEED, numRuns: 2000 }
		);
	});

	test('the drawn score is what the engine computes, to the bit', () => {
		fc.assert(
			fc.property(form, (shape) => {
				const rule = writeScore(shape);
				for (const x of probes(shape)) expect(scoreAt(shape, x), `at ${x}`).toBe(evaluate(rule, x));
			}),
			{ seed: SEED, numRuns: 600 }
		);
	});

	test('missing data gets a score from a fixed score and an unguarded test alone', () => {
		fc.assert(
			fc.property(form, (shape) => {
				const scoresNothing =
					shape.kind === 'fixed' || (shape.kind === 'pass_fail' && !shape.guarded);
				if (!scoresNothing) expect(evaluate(writeScore(shape), null)).toBeNull();
			}),
			{ seed: SEED, numRuns: 600 }
		);
	});

	test('a rule that a form says is computed alike before and after it is written anew', () => {
		const random = new Random(SEED);
		let readable = 0;
		for (let count = 0; count < 1000; count++) {
			const rule = randomNumberRule(random, {
				depth: 3,
				variables: ['item.actual', 'item.attainment']
			});
			const before = JSON.stringify(rule);
			const shape = readScore(rule);
			expect(JSON.stringify(rule)).toBe(before);
			if (shape.kind === 'advanced') continue;
			readable += 1;
			const written = writeScore(shape);
			for (const x of [null, -3, 0, 0.5, 1, 1.2, 100, 12_345])
				expect(evaluate(written, x), before).toBe(evaluate(rule, x));
		}
		expect(readable, `forms among 1000 rules of seed ${SEED}`).toBeGreaterThan(20);
	});
});

describe('score rules of the packs', () => {
	const schemes = readdirSync(PACKS, { withFileTypes: true })
		.filter(({ name }) => existsSync(join(PACKS, name, 'pack.yaml')))
		.flatMap(({ name }) =>
			readdirSync(join(PACKS, name, 'schemes')).map(
				(file) => [`${name}/${file}`, join(PACKS, name, 'schemes', file)] as const
			)
		);

	test.each(schemes)(
		'%s: reading changes nothing, and a form means what its rule does',
		(_, path) => {
			const scheme = JSON.parse(readFileSync(path, 'utf8')) as SchemeDocument;
			const before = JSON.stringify(scheme);
			for (const { id, score } of scheme.items) {
				const shape = readScore(score);
				if (shape.kind === 'advanced') continue;
				expect(readScore(writeScore(shape)), id).toEqual(shape);
				const isNamed = !('input' in shape) || typeof shape.input === 'string';
				for (const x of isNamed ? probes(shape) : [])
					expect(scoreAt(shape, x), `${id} at ${x}`).toBe(evaluate(score, x));
			}
			expect(JSON.stringify(scheme)).toBe(before);
		}
	);
});
