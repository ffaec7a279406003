/**
 * Mutants of shipped schemes: an operator flipped, a number nudged, a branch dropped. The sentences
 * of the pack must notice at least nine in ten, or they would not notice a mistake either.
 */
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import { examplesOf, runSchemeTests } from '#lib/packs/run-pack-tests.ts';
import { loadPack, packIds } from '#lib/server/packs/shipped-packs.ts';

const FLIPPED: Readonly<Record<string, string>> = {
	'>=': '>',
	'>': '>=',
	'<=': '<',
	'<': '<=',
	'==': '!=',
	'!=': '==',
	'+': '-',
	'-': '+',
	'*': '/',
	'/': '*',
	and: 'or',
	or: 'and'
};

/** Parts of a scheme that decide a result; texts, examples and notes do not. */
const DECIDING = [
	'applies_to',
	'items',
	'adjustments',
	'gates',
	'total',
	'grades',
	'payout',
	'insights'
];

interface Mutant {
	readonly at: string;
	readonly what: string;
	readonly document: Json;
}

function isRecord(value: Json): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every value one step away from this one, with what was done. */
function* mutations(value: Json, at: string): Generator<{ at: string; what: string; value: Json }> {
	if (typeof value === 'number') {
		yield { at, what: `${value} + 1`, value: value + 1 };
		const less = value === 0 ? -1 : value * 0.9;
		yield { at, what: `${value} → ${less}`, value: less };
		return;
	}
	if (Array.isArray(value)) {
		for (const [index, entry] of (value as readonly Json[]).entries()) {
			for (const inner of mutations(entry, `${at}/${index}`)) {
				yield { ...inner, value: (value as readonly Json[]).with(index, inner.value) };
			}
		}
		return;
	}
	if (!isRecord(value)) return;
	const [operator, operands] = Object.entries(value)[0] ?? [];
	const flipped = operator === undefined ? undefined : FLIPPED[operator];
	if (flipped !== undefined && operands !== undefined && Object.keys(value).length === 1) {
		yield { at, what: `${operator} → ${flipped}`, value: { [flipped]: operands } };
	}
	if (operator === 'if' && Array.isArray(operands)) {
		yield { at, what: 'only the first branch', value: operands[1] as Json };
		yield { at, what: 'without the first branch', value: operands[2] as Json };
	}
	for (const [key, entry] of Object.entries(value)) {
		if (TEXTS.has(key)) continue;
		for (const inner of mutations(entry, `${at}/${key}`)) {
			yield { ...inner, value: { ...value, [key]: inner.value } };
		}
	}
}

const TEXTS = new Set(['name', 'note', 'message', 'id', 'metric', 'class', 'currency', 'var']);

function* mutantsOf(document: SchemeDocument): Generator<Mutant> {
	const whole = document as unknown as JsonObject;
	for (const part of DECIDING) {
		const value = whole[part];
		if (value === undefined) continue;
		for (const { at, what, value: mutated } of mutations(value, `/${part}`)) {
			yield { at, what, document: { ...whole, [part]: mutated } };
		}
	}
}

/** Weights have 0 and 100 in ifs; a mutant that the reader refuses is noticed before any test. */
test.each(packIds())('the sentences of %s notice mutants of its schemes', async (id) => {
	const { pack } = await loadPack(id);
	const alive: string[] = [];
	let count = 0;
	for (const [scheme, { document, file }] of pack.schemes) {
		const tests = [
			...pack.tests.filter((entry) => entry.scheme === scheme),
			...examplesOf(document, file)
		];
		for (const mutant of mutantsOf(document)) {
			const { scheme: parsed, diagnostics } = parseScheme(mutant.document, {
				metrics: pack.metrics
			});
			count += 1;
			if (!parsed || diagnostics.some(({ severity }) => severity === 'error')) continue;
			const { results } = runSchemeTests(parsed, tests);
			if (results.every(({ verdict }) => verdict === 'PASS')) {
				alive.push(`${scheme} ${mutant.at}: ${mutant.what}`);
			}
		}
	}
	console.log(`${id}: ${count - alive.length} of ${count} mutants noticed\n${alive.join('\n')}`);
	expect(count).toBeGreaterThan(200);
	expect((count - alive.length) / count).toBeGreaterThanOrEqual(0.9);
});
