/** Every operator is one record that explains itself: its examples run, its words exist. */
import { describe, expect, it } from 'vitest';
import { LOCALES } from '#lib/engine/diagnostics/diagnostic.ts';
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { OPERATORS } from '#lib/engine/logic/operators/index.ts';
import { arityOf } from '#lib/engine/logic/operators/operator.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';

describe.each([...OPERATORS.values()])('operator $name', (operator) => {
	it.each(operator.examples)('example $rule on $data gives $result', ({ rule, data, result }) => {
		const { node, diagnostics } = parseRule(rule);
		expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
		expect(evaluateRule(node, new Map(Object.entries(data ?? {}))).value).toEqual(result);
	});

	it('is named and explained in both languages, operand by operand', () => {
		for (const locale of LOCALES) {
			expect(operator.title[locale]).not.toBe('');
			expect(operator.help[locale]).not.toBe('');
			for (const operand of operator.takes) expect(operand.name[locale]).not.toBe('');
		}
	});

	it('is refused with fewer operands than it needs', () => {
		const { min } = arityOf(operator);
		for (let count = 0; count < min; count++) {
			const operands = Array.from({ length: count }, () => 1);
			const { diagnostics } = parseRule({ [operator.name]: operands });
			const expected = operator.name === 'var' ? 'whole_data' : 'too_few_operands';
			expect(diagnostics.map(({ code }) => code)).toContain(expected);
		}
	});
});

describe('the list of operators', () => {
	it('has everything of json-logic-js except log and method, and our own', () => {
		const builtIn =
			'var missing missing_some if ?: == === != !== ! !! or and > >= < <= max min + - * / % map reduce filter all none some merge in cat substr';
		const ours = 'curve steps round floor ceil abs clamp between coalesce';
		expect([...OPERATORS.keys()].sort()).toEqual(`${builtIn} ${ours}`.split(' ').sort());
	});
});
