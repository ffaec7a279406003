/**
 * Scoring periods: `2025-01`, `2025-Q1`, `2025-H1`, `2025`.
 *
 * Months are calendar months. Quarters, halves and years begin at the client's fiscal month, and
 * their year is the calendar year in which that fiscal year begins: with a fiscal month of April,
 * `2025-Q4` is January to March 2026. Nothing here reads a clock or a time zone: days are counted
 * in the proleptic Gregorian calendar.
 */
import type { PeriodLength } from './document.ts';

/** A period as numbers. `index` is the month, quarter or half in its year, 1 for a year. */
export interface Period {
	readonly id: string;
	readonly length: PeriodLength;
	readonly year: number;
	readonly index: number;
}

/** Months that one period of each length has. */
export const PERIOD_MONTHS: Readonly<Record<PeriodLength, number>> = {
	month: 1,
	quarter: 3,
	half: 6,
	year: 12
};

/** A range longer than this is a typing mistake, not a wish. */
export const LONGEST_RANGE = 1200;

const NOTATION = /^(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?$/;

/** Reads a period id; null for anything that is not a period. Year 0000 is not one. */
export function parsePeriod(id: string): Period | null {
	const match = NOTATION.exec(id);
	if (!match) return null;
	const year = Number(match[1]);
	if (year < 1) return null;
	if (match[2]) return { id, length: 'month', year, index: Number(match[2]) };
	if (match[3]) return { id, length: 'quarter', year, index: Number(match[3]) };
	if (match[4]) return { id, length: 'half', year, index: Number(match[4]) };
	return { id, length: 'year', year, index: 1 };
}

/** Prints the id of a period. */
export function periodId(length: PeriodLength, year: number, index: number): string {
	const y = String(year).padStart(4, '0');
	switch (length) {
		case 'month':
			return `${y}-${String(index).padStart(2, '0')}`;
		case 'quarter':
			return `${y}-Q${index}`;
		case 'half':
			return `${y}-H${index}`;
		case 'year':
			return y;
	}
}

/** Periods of one length are numbered without gaps, so that ranges and neighbours are arithmetic. */
function ordinal(period: Period): number {
	const perYear = 12 / PERIOD_MONTHS[period.length];
	return period.year * perYear + (period.index - 1);
}

function fromOrdinal(length: PeriodLength, number: number): Period {
	const perYear = 12 / PERIOD_MONTHS[length];
	const year = Math.floor(number / perYear);
	const index = number - year * perYear + 1;
	return { id: periodId(length, year, index), length, year, index };
}

/** The period `steps` later (earlier when negative), of the same length. */
export function shiftPeriod(period: Period, steps: number): Period {
	return fromOrdinal(period.length, ordinal(period) + steps);
}

/** Periods of one length in order of time; periods of different lengths by their first month. */
export function comparePeriods(a: Period, b: Period, fiscalMonth = 1): number {
	return (
		firstMonth(a, fiscalMonth) - firstMonth(b, fiscalMonth) ||
		PERIOD_MONTHS[a.length] - PERIOD_MONTHS[b.length]
	);
}

/** Months since the year 0 of the first month of a period. */
function firstMonth(period: Period, fiscalMonth: number): number {
	if (period.length === 'month') return period.year * 12 + period.index - 1;
	return period.year * 12 + (fiscalMonth - 1) + (period.index - 1) * PERIOD_MONTHS[period.length];
}

/** The calendar months of a period, in order. */
export function monthsOf(period: Period, fiscalMonth = 1): Period[] {
	const first = firstMonth(period, fiscalMonth);
	return Array.from({ length: PERIOD_MONTHS[period.length] }, (_, i) =>
		fromOrdinal('month', first + i)
	);
}

/** The period of a length that holds a calendar month: the quarter, half or year of `2025-05`. */
export function parentPeriod(month: Period, length: PeriodLength, fiscalMonth = 1): Period {
	const months = PERIOD_MONTHS[length];
	const number = firstMonth(month, fiscalMonth);
	if (length === 'month') return fromOrdinal('month', number);
	return fromOrdinal(length, Math.floor((number - (fiscalMonth - 1)) / months));
}

function isLeap(year: number): boolean {
	return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Days of a calendar month (1 to 12). */
export function daysInMonth(year: number, month: number): number {
	return month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

function isoDay(year: number, month: number, day: number): string {
	return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** First day of a period, as an ISO date. */
export function firstDay(period: Period, fiscalMonth = 1): string {
	const month = fromOrdinal('month', firstMonth(period, fiscalMonth));
	return isoDay(month.year, month.index, 1);
}

/** Last day of a period, as an ISO date: attributes and parameters are taken as of this day. */
export function lastDay(period: Period, fiscalMonth = 1): string {
	const month = fromOrdinal(
		'month',
		firstMonth(period, fiscalMonth) + PERIOD_MONTHS[period.length] - 1
	);
	return isoDay(month.year, month.index, daysInMonth(month.year, month.index));
}

/** Calendar days of a period. */
export function daysOf(period: Period, fiscalMonth = 1): number {
	return monthsOf(period, fiscalMonth).reduce(
		(days, month) => days + daysInMonth(month.year, month.index),
		0
	);
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** An ISO date that exists in the calendar. */
export function isDay(text: string): boolean {
	const match = DAY.exec(text);
	if (!match) return false;
	const month = Number(match[2]);
	const day = Number(match[3]);
	return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(Number(match[1]), month);
}

/** The period of a length that an ISO date falls into; null when the date does not exist. */
export function periodOfDay(day: string, length: PeriodLength, fiscalMonth = 1): Period | null {
	if (!isDay(day)) return null;
	const month = parsePeriod(day.slice(0, 7));
	return month ? parentPeriod(month, length, fiscalMonth) : null;
}

/** The periods from one to another, both included; null when they differ in length or are reversed. */
export function periodsBetween(from: Period, to: Period): Period[] | null {
	const count = ordinal(to) - ordinal(from) + 1;
	if (from.length !== to.length || count < 1 || count > LONGEST_RANGE) return null;
	return Array.from({ length: count }, (_, i) => shiftPeriod(from, i));
}

/** Reads `2025-01..2025-12` or a single period; both ends are included. */
export function parsePeriodRange(text: string): Period[] | null {
	const [from = '', to = from, ...rest] = text.split('..');
	const first = parsePeriod(from.trim());
	const last = parsePeriod(to.trim());
	return first && last && rest.length === 0 ? periodsBetween(first, last) : null;
}

/** The year before, same month, quarter or half. */
export function samePeriodLastYear(period: Period): Period {
	return shiftPeriod(period, -12 / PERIOD_MONTHS[period.length]);
}

/**
 * Whole calendar months from the day of joining to the last day of the period, both included:
 * who joins on the 1st has that month counted as one. Null where the date does not exist or lies
 * after the period.
 */
export function tenureMonths(hiredOn: string, period: Period, fiscalMonth = 1): number | null {
	const end = lastDay(period, fiscalMonth);
	const match = DAY.exec(hiredOn);
	if (!match || !isDay(hiredOn) || hiredOn > end) return null;
	const months =
		Number(end.slice(0, 4)) * 12 +
		Number(end.slice(5, 7)) -
		(Number(match[1]) * 12 + Number(match[2]));
	return months + (match[3] === '01' ? 1 : 0);
}

/** What `period.*` reads: a quarter has no month, a half and a year neither month nor quarter. */
export interface PeriodFacts {
	readonly id: string;
	readonly year: number;
	readonly quarter: number | null;
	readonly month: number | null;
	readonly days: number;
}

/** The variables `period.id|year|quarter|month|days`. Year and quarter are fiscal, the month is not. */
export function periodFacts(period: Period, fiscalMonth = 1): PeriodFacts {
	const isMonth = period.length === 'month';
	const quarter =
		period.length === 'quarter'
			? period.index
			: isMonth
				? parentPeriod(period, 'quarter', fiscalMonth).index
				: null;
	return {
		id: period.id,
		year: period.year,
		quarter,
		month: isMonth ? period.index : null,
		days: daysOf(period, fiscalMonth)
	};
}
