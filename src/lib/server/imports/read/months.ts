/** Months as headers and sheet names have them: `2013年5月`, `5月`, `May`, `销售额 2013-05`. */
import { readPeriod, tidyCell } from './cells.ts';

const MONTH_NAMES = [
	'january',
	'february',
	'march',
	'april',
	'may',
	'june',
	'july',
	'august',
	'september',
	'october',
	'november',
	'december'
];
const MONTH_HANZI = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

/** The number of a month named without a year; null where the text is none. */
export function monthWord(text: string): number | null {
	const tidy = tidyCell(text).toLowerCase();
	const numbered = /^(?:m|第)?(\d{1,2})(?:月份?|个月)$/.exec(tidy) ?? /^m(\d{1,2})$/.exec(tidy);
	if (numbered) return within(Number(numbered[1]));
	const written = /^([一二三四五六七八九十]{1,2})月份?$/.exec(tidy)?.[1];
	if (written !== undefined) return within(MONTH_HANZI.indexOf(written) + 1);
	const named = /^([a-z]{3,9})\.?$/.exec(tidy)?.[1];
	if (named === undefined) return null;
	const at = MONTH_NAMES.findIndex((name) => name === named || name.slice(0, 3) === named);
	return at < 0 ? null : at + 1;
}

function within(month: number): number | null {
	return month >= 1 && month <= 12 ? month : null;
}

export interface HeaderMonth {
	/** A period id; `05` alone where the year is not known. */
	readonly period: string;
	readonly measure: string;
	readonly needsYear: boolean;
}

const QUARTER = /^q([1-4])$|^第?([1-4一二三四])季度?$/i;
const INSIDE =
	/((?:19|20)\d{2}\s?[年\-/.]\s?\d{1,2}(?:月份?)?|(?:19|20)\d{2}(?:0[1-9]|1[0-2])|(?:19|20)\d{2}[-年\s]?q[1-4]|\d{1,2}月份?)/i;

/** What a header says of a month and, beside it, of a measure; null where it names no month. */
export function headerMonth(name: string, year: number | null): HeaderMonth | null {
	const tidy = tidyCell(name);
	if (tidy === '' || tidy.length > 60) return null;
	const alone = wholeMonth(tidy, year);
	if (alone) return { ...alone, measure: '' };
	const part = INSIDE.exec(tidy)?.[1];
	if (part === undefined) return null;
	const inner = wholeMonth(part, year);
	if (!inner) return null;
	const measure = tidy
		.replace(part, ' ')
		.replace(/^[\s_\-—()（）/:：·.]+|[\s_\-—()（）/:：·.]+$/g, '');
	return { ...inner, measure: measure.replace(/\s+/g, ' ') };
}

function wholeMonth(
	text: string,
	year: number | null
): { period: string; needsYear: boolean } | null {
	const month = monthWord(text);
	if (month !== null) {
		const number = String(month).padStart(2, '0');
		return year === null
			? { period: number, needsYear: true }
			: { period: `${year}-${number}`, needsYear: true };
	}
	const quarter = QUARTER.exec(text);
	if (quarter) {
		const number = quarter[1] ?? String('一二三四'.indexOf(quarter[2] ?? '') + 1 || quarter[2]);
		return { period: year === null ? `Q${number}` : `${year}-Q${number}`, needsYear: true };
	}
	// Digits alone must begin with a year, or every figure would be a month.
	if (!/^(?:19|20)\d{2}/.test(text) && !/[a-z年]/i.test(text)) {
		const monthFirst = /^\d{1,2}[/.-](?:19|20)\d{2}$/.test(text);
		if (!monthFirst) return null;
	}
	const period = readPeriod(text);
	return 'value' in period ? { period: period.value, needsYear: false } : null;
}

/** The year that a text names, if it names one. */
export function yearIn(text: string): number | null {
	const found = [...text.matchAll(/(?<!\d)((?:19|20)\d{2})(?!\d)/g)].map((match) =>
		Number(match[1])
	);
	const years = new Set(found);
	return years.size === 1 ? (found[0] ?? null) : null;
}
