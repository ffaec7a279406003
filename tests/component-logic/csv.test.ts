import { describe, expect, test } from 'vitest';
import { csvCell, csvText } from '#lib/ui/csv.ts';

describe('exported CSV', () => {
	test.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\tx', '\rx'])(
		'a text that begins like a formula (%j) is prefixed by an apostrophe',
		(text) => {
			expect(csvCell(text).replace(/^"/, '').startsWith("'")).toBe(true);
		}
	);

	test('a negative number stays a number', () => {
		expect(csvCell(-2.5)).toBe('-2.5');
	});

	test('a missing value is an empty cell, zero is zero', () => {
		expect([csvCell(null), csvCell(undefined), csvCell(0)]).toEqual(['', '', '0']);
	});

	test('quotes, commas and line ends are quoted, and the file begins with a byte order mark', () => {
		expect(csvText(['名称', 'b'], [['a,"b"', 'c\nd']])).toBe(
			'\uFEFF名称,b\r\n"a,""b""","c\nd"\r\n'
		);
	});
});
