/**
 * The calendar of scoring periods by their ids, as requests, tables and pages name them. The
 * arithmetic is the engine's (`engine/scheme/period.ts`); here it takes and gives texts.
 */
import type { PeriodLength } from '../engine/scheme/document.ts';
import {
	daysOf as engineDaysOf,
	firstDay,
	isDay,
	lastDay,
	monthsOf as engineMonthsOf,
	parentPeriod,
	parsePeriod,
	periodsBetween,
	shiftPeriod as engineShift,
	type Period
} from '../engine/scheme/period.ts';
import type { PeriodRange } from './base.ts';

function read(period: string): Period {
	const parsed = parsePeriod(period);
	if (!parsed) throw new Error(`“${period}” is no period.`);
	return parsed;
}

/** `2013-11` plus 2 is `2014-01`. */
export function addMonths(month: string, count: number): string {
	return engineShift(read(month), count).id;
}

/** How long a period is, read from its id; null for a text that is none. */
export function lengthOfPeriod(period: string): PeriodLength | 'day' | null {
	if (isDay(period)) return 'day';
	return parsePeriod(period)?.length ?? null;
}

/** The period of the given length that a month or a day belongs to. */
export function periodOf(monthOrDay: string, length: PeriodLength, fiscalMonth = 1): string {
	return parentPeriod(read(monthOrDay.slice(0, 7)), length, fiscalMonth).id;
}

/** The months of a period, in order; a day belongs to one. */
export function monthsOf(period: string, fiscalMonth = 1): string[] {
	if (isDay(period)) return [period.slice(0, 7)];
	return engineMonthsOf(read(period), fiscalMonth).map(({ id }) => id);
}

/** First day of a period, `yyyy-mm-dd`. */
export function firstDayOf(period: string, fiscalMonth = 1): string {
	return isDay(period) ? period : firstDay(read(period), fiscalMonth);
}

/** Last day of a period, `yyyy-mm-dd`. */
export function lastDayOf(period: string, fiscalMonth = 1): string {
	return isDay(period) ? period : lastDay(read(period), fiscalMonth);
}

/** Days in a period. */
export function daysOf(period: string, fiscalMonth = 1): number {
	return engineDaysOf(read(period), fiscalMonth);
}

/** The period of the same length `count` later (earlier when negative). */
export function shiftPeriod(period: string, count: number): string {
	return engineShift(read(period), count).id;
}

/** Every period of the given length that the range touches, in order; both ends count. */
export function periodsIn(range: PeriodRange, length: PeriodLength, fiscalMonth = 1): string[] {
	const from = periodOf(firstDayOf(range.from, fiscalMonth), length, fiscalMonth);
	const to = periodOf(lastDayOf(range.to, fiscalMonth), length, fiscalMonth);
	return (periodsBetween(read(from), read(to)) ?? []).map(({ id }) => id);
}
