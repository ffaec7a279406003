/**
 * The public cases of JSON Logic: the interpreter passes each of them, unvalidated. They are read
 * from the folder of suites and are no part of this project.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateOnJson } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import { printRule } from '#lib/engine/logic/print.ts';
import { readSuite } from './suite.ts';

const datasets = process.env['QUANHENG_DATASETS'];
const file = datasets && join(datasets, '..', 'suites', 'jsonlogic-baseline.json');

if (file) {
	if (!existsSync(file)) throw new Error(`QUANHENG_DATASETS is set, but ${file} is not there.`);
	const cases = readSuite(readFileSync(file, 'utf8'));

	describe(`public baseline of JSON Logic, ${cases.length} cases`, () => {
		it.each(cases)('$heading: $description', ({ rule, data, result }) => {
			const { node } = parseRule(rule);
			expect(evaluateOnJson(node, data)).toEqual({ value: result });
			expect(JSON.stringify(printRule(node))).toBe(JSON.stringify(rule));
		});

		it('has three cases whose paths are computed, which validation refuses', () => {
			const computed = cases.filter(({ rule }) =>
				parseRule(rule).diagnostics.some(({ code }) => code === 'computed_path')
			);
			console.log(`JSON Logic baseline: ${cases.length} cases ran.`);
			expect(cases.length).toBe(278);
			expect(computed.length).toBe(3);
		});
	});
} else {
	describe('public baseline of JSON Logic', () => {
		it('is not run: QUANHENG_DATASETS is not set', ({ skip }) => {
			skip('QUANHENG_DATASETS is not set; tests/engine/suites holds our own cases.');
		});
	});
}
