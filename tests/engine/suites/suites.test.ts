/** The meaning of every operator, as data: each case of each file in each mode. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import { OPERATORS } from '#lib/engine/logic/operators/index.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import { walk } from '#lib/engine/logic/node.ts';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { variablesFromJson } from '#lib/engine/logic/variables.ts';
import { MODES } from './modes.ts';
import { readSuite } from './suite.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const suites = readdirSync(folder)
	.filter((name) => name.endsWith('.json'))
	.sort()
	.map((name) => ({ name, cases: readSuite(readFileSync(`${folder}/${name}`, 'utf8')) }));

describe.each(suites)('$name', ({ cases }) => {
	describe.each(MODES)('$name', ({ run }) => {
		it.each(cases)('$heading: $description', ({ rule, data, result }) => {
			const { diagnostics } = parseRule(rule);
			expect(hasErrors(diagnostics), JSON.stringify(diagnostics)).toBe(false);
			const value = run(rule, variablesFromJson((data ?? {}) as JsonObject));
			if (value !== undefined) expect(value).toStrictEqual(result);
		});
	});
});

describe('the suites together', () => {
	it('use every operator', () => {
		const used = new Set<string>();
		for (const { rule } of suites.flatMap(({ cases }) => cases)) {
			walk(parseRule(rule).node, (node) => {
				if (node.kind === 'var') used.add('var');
				if (node.kind === 'call') used.add(node.operator);
			});
		}
		expect([...OPERATORS.keys()].filter((name) => !used.has(name))).toEqual([]);
	});
});
