import { describe, expect, it } from 'vitest';
import {
	readBoolean,
	readDate,
	readId,
	readNumber,
	readPeriod
} from '#lib/server/imports/read/cells.ts';

describe('numbers as people write them', () => {
	it.each([
		['1234.5', 1234.5],
		['1,234,567.89', 1234567.89],
		['12,34,567', 1234567],
		['１２３．５', 123.5],
		['1.2万', 12000],
		['0.57亿', 57000000],
		['60.6%', 0.606],
		['￥ 1,200', 1200],
		['$1,200.50', 1200.5],
		['1200 USD', 1200],
		['1,200元', 1200],
		['(12,345.67)', -12345.67],
		['-5', -5],
		['1.26E+05', 126000],
		["'42", 42],
		['-0', 0]
	])('%s is read exactly', (text, value) => {
		expect(readNumber(text)).toEqual({ value });
	});

	it.each(['', ' ', '-', '—', 'N/A', '#DIV/0!', 'null'])('“%s” is missing, never zero', (text) => {
		expect(readNumber(text)).toEqual({ missing: true });
	});

	it.each(['abc', '12 apples', '1,23', '1.2.3', '12-05', '308.192,31'])(
		'“%s” is not taken for a number',
		(text) => {
			expect(readNumber(text)).toEqual({ expected: 'number' });
		}
	);

	it('reads the decimal comma once the mapping names it', () => {
		expect(readNumber('308.192,31', { decimal: 'comma' })).toEqual({ value: 308192.31 });
	});

	it('scales a column of 万元 or percent without binary residue', () => {
		expect(readNumber('1.1', { scale: 'ten_thousand' })).toEqual({ value: 11000 });
		expect(readNumber('57', { scale: 'percent' })).toEqual({ value: 0.57 });
		expect(readNumber('57%', { scale: 'percent' })).toEqual({ value: 0.57 });
	});
});

describe('ids', () => {
	it('keep their leading zeros', () => {
		expect(readId('000276')).toEqual({ value: '000276' });
	});
	it('lose zeros and a trailing .0 only when the mapping says so', () => {
		expect(readId('000276', true)).toEqual({ value: '276' });
		expect(readId('276.0', true)).toEqual({ value: '276' });
	});
	it('in scientific notation have lost digits and are refused', () => {
		expect(readId('1.23E+17')).toEqual({ expected: 'id' });
	});
});

describe('dates and periods', () => {
	it.each([
		['2013-05-31', '2013-05-31'],
		['2011/5/31', '2011-05-31'],
		['2013年5月3日', '2013-05-03'],
		['20130531', '2013-05-31'],
		['31.05.2011', '2011-05-31'],
		['May 31 2011 12:00AM', '2011-05-31'],
		['Dec  1 2011 12:00AM', '2011-12-01'],
		['2013-05-31 00:00:00', '2013-05-31']
	])('%s is a day', (text, value) => {
		expect(readDate(text)).toEqual({ value });
	});

	it('does not guess the order of 05/06/2013', () => {
		expect(readDate('05/06/2013')).toEqual({ expected: 'date' });
		expect(readDate('05/06/2013', 'day_first')).toEqual({ value: '2013-06-05' });
		expect(readDate('05/06/2013', 'month_first')).toEqual({ value: '2013-05-06' });
	});

	it('refuses days that do not exist', () => {
		expect(readDate('2013-02-29')).toEqual({ expected: 'date' });
	});

	it.each([
		['2013-05', '2013-05'],
		['2013/5', '2013-05'],
		['201305', '2013-05'],
		['2013年5月', '2013-05'],
		['2013年05月份', '2013-05'],
		['05/2013', '2013-05'],
		['May 2013', '2013-05'],
		['2013-05-30', '2013-05'],
		['2013Q2', '2013-Q2'],
		['2013年二季度', '2013-Q2'],
		['2013年上半年', '2013-H1'],
		['2013', '2013']
	])('%s is a period', (text, value) => {
		expect(readPeriod(text)).toEqual({ value });
	});

	it('refuses month 13', () => {
		expect(readPeriod('2013-13')).toEqual({ expected: 'period' });
	});

	it('reads 是 and 否', () => {
		expect(readBoolean('是')).toEqual({ value: true });
		expect(readBoolean('0')).toEqual({ value: false });
		expect(readBoolean('perhaps')).toEqual({ expected: 'boolean' });
	});
});
