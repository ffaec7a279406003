/**
 * The differential test: on every rule that validation accepts, the interpreter and json-logic-js
 * with our operators give the same value, to the bit.
 */
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Rule, Value } from '#lib/engine/logic/rule.ts';
import { evaluateByReference } from '#lib/reference/index.ts';
import { randomVariables } from '../engine/generators/data.ts';
import { Random } from '../engine/generators/random.ts';
import { randomNumberRule, randomRule } from '../engine/generators/rules.ts';

/** Equal to the bit: 0 is not −0, NaN is NaN, lists and objects part by part. */
export function sameBits(a: unknown, b: unknown): boolean {
	if (Array.isArray(a) && Array.isArray(b)) {
		return a.length === b.length && a.every((item, index) => sameBits(item, b[index]));
	}
	if (a !== null && b !== null && typeof a === 'object' && typeof b === 'object') {
		if (Array.isArray(a) || Array.isArray(b)) return false;
		const [left, right] = [Object.entries(a), Object.entries(b)];
		return (
			left.length === right.length &&
			left.every(([key, value], i) => key === right[i]?.[0] && sameBits(value, right[i]?.[1]))
		);
	}
	return Object.is(a, b);
}

export interface Mismatch {
	readonly pair: number;
	readonly rule: Rule;
	readonly data: readonly (readonly [string, Value])[];
	readonly ours: unknown;
	readonly reference: unknown;
}

export interface DifferentialResult {
	readonly pairs: number;
	readonly rules: number;
	/** Results by kind, so that a generator which only gives null is noticed. */
	readonly results: Readonly<Record<string, number>>;
	readonly mismatches: readonly Mismatch[];
}

/** Rows on which each random rule is evaluated. */
const ROWS_PER_RULE = 4;
/** Mismatches kept; one is enough to fail, a few help to see the pattern. */
const MOST_MISMATCHES = 5;

function kindOf(value: unknown): string {
	return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}

/** Compares the two on `pairs` random rule–data pairs. */
export function runDifferential(pairs: number, seed: number): DifferentialResult {
	const random = new Random(seed);
	const results: Record<string, number> = {};
	const mismatches: Mismatch[] = [];
	let done = 0;
	let rules = 0;
	while (done < pairs && mismatches.length < MOST_MISMATCHES) {
		const depth = random.int(1, 5);
		const rule = random.chance(0.6)
			? randomRule(random, { depth })
			: randomNumberRule(random, { depth });
		const { node, diagnostics } = parseRule(rule);
		if (hasErrors(diagnostics)) {
			const codes = diagnostics.map(({ code, at }) => `${code} ${at}`).join(', ');
			throw new Error(`The generator made an invalid rule: ${codes}\n${JSON.stringify(rule)}`);
		}
		rules++;
		for (let row = 0; row < ROWS_PER_RULE && done < pairs; row++, done++) {
			const variables = randomVariables(random);
			const ours = evaluateRule(node, variables);
			const reference = evaluateByReference(rule, variables);
			const kind = kindOf(reference);
			results[kind] = (results[kind] ?? 0) + 1;
			if (ours.error || !sameBits(ours.value, reference)) {
				mismatches.push({
					pair: done,
					rule,
					data: [...variables],
					ours: ours.error ?? ours.value,
					reference
				});
			}
		}
	}
	return { pairs: done, rules, results, mismatches };
}
