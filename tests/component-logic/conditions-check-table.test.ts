/** Gaps, overlaps and dead rows of a decision table are exact, and its clipboard is a spreadsheet's. */
import { describe, expect, test } from 'vitest';
import { checkTable } from '#lib/designer/conditions/check-table.ts';
import { readTable } from '#lib/designer/conditions/decision-table.ts';
import { readTsv, writeTsv } from '#lib/designer/conditions/tsv.ts';
import type { Dictionary, Rule } from '#lib/engine/logic/rule.ts';

const x: Rule = { var: 'item.attainment' };
const site: Rule = { var: 'employee.site' };
const dictionary: Dictionary = new Map([
	['item.attainment', { type: 'number', unit: 'ratio' }],
	['employee.site', { type: 'string', values: ['A', 'B'] }]
]);

function findings(rule: Rule) {
	const { table } = readTable(rule);
	if (!table) throw new Error('The rule is no table.');
	const found = checkTable(rule, table, dictionary);
	if (!found) throw new Error('The table is too large.');
	return found;
}

describe('what a decision table leaves open', () => {
	test('a hole between two bands is a gap, its bounds are exact', () => {
		const found = findings({
			if: [{ between: [x, 0.85, 1] }, 80, { '<': [x, 0.8] }, 0, { '>': [x, 1] }, 100]
		});
		expect(found.gaps).toEqual([[{ '>=': [x, 0.8] }, { '<': [x, 0.85] }]]);
		expect([...found.dead]).toEqual([]);
		expect(found.overlaps).toEqual([[], [], []]);
	});

	test('bands that meet at a point without holding it leave that point open', () => {
		expect(findings({ if: [{ '<': [x, 1] }, 1, { '>': [x, 1] }, 2] }).gaps).toEqual([
			[{ '==': [x, 1] }]
		]);
	});

	test('bands that share a point overlap there, and a covered row is dead', () => {
		const found = findings({
			if: [{ '>=': [x, 0.8] }, 1, { '<=': [x, 0.8] }, 2, { '>=': [x, 1] }, 3]
		});
		expect(found.overlaps).toEqual([[], [0], [0]]);
		expect([...found.dead]).toEqual([2]);
		expect(found.gaps).toEqual([]);
	});

	test('a gap over two columns names both', () => {
		const found = findings({
			if: [
				{ and: [{ '==': [site, 'A'] }, { '>=': [x, 1] }] },
				1,
				{ and: [{ '!=': [site, 'A'] }, { '>=': [x, 0] }] },
				2,
				{ '<': [x, 0] },
				3
			]
		});
		expect(found.gaps).toEqual([[{ '==': [site, 'A'] }, { '>=': [x, 0] }, { '<': [x, 1] }]]);
	});

	test('a comparison with a parameter may hold or not', () => {
		const line: Rule = { '>=': [x, { var: 'param.line' }] };
		expect(findings({ if: [line, 1, { '!=': [x, null] }, 2] }).gaps).toEqual([]);
		expect(findings({ if: [line, 1] }).gaps).toEqual([[{ '!': [line] }]]);
	});
});

describe('the clipboard', () => {
	test.each<[string, string[][]]>([
		[
			'a\tb\r\nc\td\r\n',
			[
				['a', 'b'],
				['c', 'd']
			]
		],
		['"two\nlines"\t"say ""hi"""', [['two\nlines', 'say "hi"']]],
		['1\t\t3\n', [['1', '', '3']]],
		['"not closed\tb', [['"not closed', 'b']]],
		['', [['']]]
	])('%j is read cell by cell', (text, rows) => {
		expect(readTsv(text)).toEqual(rows);
	});

	test('what is written is read back', () => {
		const rows = [
			['a', 'b\tc', 'd"e'],
			['', 'x\r\ny', '≥ 100%']
		];
		expect(readTsv(writeTsv(rows))).toEqual(rows);
	});
});
