/**
 * The calendar of scoring periods. A quarter, half or year begins at the client's fiscal month and
 * is named after the calendar year in which its fiscal year begins: with fiscal month 5, `2013-Q1`
 * is May to July 2013. Everything here is text and integers; no time zone can move a day.
 */
import type { PeriodLength } from '../engine/scheme/document.ts';
import type { PeriodRange } from './base.ts';

const MONTHS_IN = { month: 1, quarter: 3, half: 6, year: 12 } as const;

/** Months since year 0, so that arithmetic is plain addition. */
function indexOfMonth(month: string): number {
	return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

function monthAt(index: number): string {
	const year = Math.floor(index / 12);
	return `${String(year).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** `2013-11` plus 2 is `2014-01`. */
export function addMonths(month: string, count: number): string {
	return monthAt(indexOfMonth(month) + count);
}

/** Whole months from one month to another: from `2013-11` to `2014-01` are 2. */
export function monthsBetween(from: string, to: string): number {
	return indexOfMonth(to) - indexOfMonth(from);
}

/** How long a period is, read from its id; null for a text that is none. */
export function lengthOfPeriod(period: string): PeriodLength | 'day' | null {
	if (/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) return 'month';
	if (/^\d{4}-Q[1-4]$/.test(period)) return 'quarter';
	if (/^\d{4}-H[12]$/.test(period)) return 'half';
	if (/^\d{4}$/.test(period)) return 'year';
	if (/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(period)) return 'day';
	return null;
}

/** The period of the given length that a month (or day) belongs to. */
export function periodOf(monthOrDay: string, length: PeriodLength, fiscalMonth = 1): string {
	const month = monthOrDay.slice(0, 7);
	if (length === 'month') return month;
	const shifted = indexOfMonth(month) - (fiscalMonth - 1);
	const year = String(Math.floor(shifted / 12)).padStart(4, '0');
	if (length === 'year') return year;
	const part = Math.floor((shifted % 12) / MONTHS_IN[length]) + 1;
	return length === 'quarter' ? `${year}-Q${part}` : `${year}-H${part}`;
}

/** The months of a period, in order. */
export function monthsOf(period: string, fiscalMonth = 1): string[] {
	const length = lengthOfPeriod(period);
	if (length === null) throw new Error(`“${period}” is no period.`);
	if (length === 'day' || length === 'month') return [period.slice(0, 7)];
	const part = length === 'year' ? 1 : Number(period.slice(-1));
	const first =
		Number(period.slice(0, 4)) * 12 + (fiscalMonth - 1) + (part - 1) * MONTHS_IN[length];
	return Array.from({ length: MONTHS_IN[length] }, (_, i) => monthAt(first + i));
}

/** First day of a period, `yyyy-mm-dd`. */
export function firstDayOf(period: string, fiscalMonth = 1): string {
	if (lengthOfPeriod(period) === 'day') return period;
	return `${monthsOf(period, fiscalMonth)[0] ?? ''}-01`;
}

/** Last day of a period, `yyyy-mm-dd`. */
export function lastDayOf(period: string, fiscalMonth = 1): string {
	if (lengthOfPeriod(period) === 'day') return period;
	const month = monthsOf(period, fiscalMonth).at(-1) ?? '';
	const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0));
	return `${month}-${String(days.getUTCDate()).padStart(2, '0')}`;
}

/** Days in a period. */
export function daysOf(period: string, fiscalMonth = 1): number {
	const first = Date.parse(`${firstDayOf(period, fiscalMonth)}T00:00:00Z`);
	const last = Date.parse(`${lastDayOf(period, fiscalMonth)}T00:00:00Z`);
	return Math.round((last - first) / 86_400_000) + 1;
}

/** The period `count` periods later (earlier when negative). */
export function shiftPeriod(period: string, count: number, fiscalMonth = 1): string {
	const length = lengthOfPeriod(period);
	if (length === null || length === 'day') throw new Error(`“${period}” is no period.`);
	const first = monthsOf(period, fiscalMonth)[0] ?? '';
	return periodOf(addMonths(first, count * MONTHS_IN[length]), length, fiscalMonth);
}

/** Every period of the given length that lies in the range, in order; both ends count. */
export function periodsIn(range: PeriodRange, length: PeriodLength, fiscalMonth = 1): string[] {
	const first = periodOf(firstDayOf(range.from, fiscalMonth), length, fiscalMonth);
	const last = periodOf(lastDayOf(range.to, fiscalMonth), length, fiscalMonth);
	const periods: string[] = [];
	for (let period = first; period <= last; period = shiftPeriod(period, 1, fiscalMonth)) {
		periods.push(period);
		if (periods.length > 1200)
			throw new Error('A range of more than a hundred years is a mistake.');
	}
	return periods;
}

/** Whole calendar months from a hire date to a day, both inclusive; joining on the 1st counts. */
export function tenureMonths(hiredOn: string, day: string): number {
	const whole = monthsBetween(hiredOn.slice(0, 7), day.slice(0, 7));
	// The day after `day` completes a month: hired on the 15th, the month is full on the 14th.
	const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString();
	const full = monthsBetween(day.slice(0, 7), next.slice(0, 7)) + whole;
	return Math.max(0, next.slice(8, 10) >= hiredOn.slice(8, 10) ? full : full - 1);
}
