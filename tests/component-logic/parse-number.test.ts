import { describe, expect, test } from 'vitest';
import { parseNumber, parsePercent, parseQuantity } from '#lib/ui/parse-number.ts';

describe('numbers as people type them', () => {
	test.each([
		['25', 25],
		['25%', 25],
		['２５％', 25],
		[' 25 % ', 25],
		['1/4', 25],
		['33.33', 33.33]
	])('as a percentage, %s is %d', (text, expected) => {
		expect(parsePercent(text)).toBe(expected);
	});

	test.each([
		['25%', 0.25],
		['1.2万', 12_000],
		['１．２万', 12_000],
		['1.1万', 11_000],
		['3亿', 300_000_000],
		['1,234,567', 1_234_567],
		['1，234', 1234],
		['-3.5', -3.5],
		['−3.5', -3.5],
		['¥1,000', 1000],
		['12k', 12_000],
		['.5', 0.5]
	])('as a quantity, %s is %d', (text, expected) => {
		expect(parseQuantity(text)).toBe(expected);
	});

	test.each(['', ' ', 'abc', '12a', '1/0', '1.2.3', '1,23', '--5', '%', '万', 'Infinity', '1e5'])(
		'“%s” is not guessed at',
		(text) => {
			expect(parseNumber(text)).toBeNull();
		}
	);
});
