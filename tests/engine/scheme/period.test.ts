import { describe, expect, it } from 'vitest';
import {
	daysOf,
	firstDay,
	lastDay,
	monthsOf,
	parentPeriod,
	parsePeriod,
	parsePeriodRange,
	periodFacts,
	periodOfDay,
	samePeriodLastYear,
	shiftPeriod,
	tenureMonths,
	type Period
} from '#lib/engine/scheme/period.ts';

function period(id: string): Period {
	const parsed = parsePeriod(id);
	if (!parsed) throw new Error(`${id} is not a period`);
	return parsed;
}

describe('period ids', () => {
	it.each(['2025-01', '2025-Q1', '2025-H2', '2025'])('%s is a period', (id) => {
		expect(parsePeriod(id)?.id).toBe(id);
	});

	it.each([
		'2025-13',
		'2025-00',
		'2025-1',
		'2025-Q5',
		'2025-H3',
		'0000',
		'25-01',
		'2025-01-01',
		''
	])('“%s” is not', (id) => expect(parsePeriod(id)).toBeNull());

	it('ranges include both ends and cross years', () => {
		expect(parsePeriodRange('2024-11..2025-02')?.map(({ id }) => id)).toEqual([
			'2024-11',
			'2024-12',
			'2025-01',
			'2025-02'
		]);
		expect(parsePeriodRange('2025-Q4..2026-Q1')).toHaveLength(2);
		expect(parsePeriodRange('2025-03')).toHaveLength(1);
	});

	it.each([
		'2025-02..2025-01',
		'2025-01..2025-Q2',
		'2025-01..',
		'..2025-01',
		'a..b',
		'1000-01..2999-12'
	])('“%s” is no range', (range) => expect(parsePeriodRange(range)).toBeNull());
});

describe('the calendar', () => {
	it('days and last days know leap years', () => {
		expect(daysOf(period('2024-02'))).toBe(29);
		expect(daysOf(period('2100-02'))).toBe(28);
		expect(lastDay(period('2025-Q1'))).toBe('2025-03-31');
		expect(daysOf(period('2024'))).toBe(366);
		expect(firstDay(period('2025-H2'))).toBe('2025-07-01');
	});

	it('quarters, halves and years begin at the fiscal month', () => {
		expect(monthsOf(period('2025-Q4'), 4).map(({ id }) => id)).toEqual([
			'2026-01',
			'2026-02',
			'2026-03'
		]);
		expect(lastDay(period('2025'), 4)).toBe('2026-03-31');
		expect(parentPeriod(period('2026-02'), 'quarter', 4).id).toBe('2025-Q4');
		expect(parentPeriod(period('2026-02'), 'year', 4).id).toBe('2025');
		expect(parentPeriod(period('2025-07'), 'half').id).toBe('2025-H2');
	});

	it('every month lies in the quarter, half and year that list it', () => {
		for (let fiscal = 1; fiscal <= 12; fiscal++)
			for (let i = 0; i < 30; i++) {
				const month = shiftPeriod(period('2024-01'), i);
				for (const length of ['month', 'quarter', 'half', 'year'] as const)
					expect(monthsOf(parentPeriod(month, length, fiscal), fiscal)).toContainEqual(month);
			}
	});

	it('a day falls into its period, a day that does not exist into none', () => {
		expect(periodOfDay('2025-12-31', 'quarter')?.id).toBe('2025-Q4');
		expect(periodOfDay('2025-02-29', 'month')).toBeNull();
		expect(samePeriodLastYear(period('2025-Q3')).id).toBe('2024-Q3');
	});

	it('a quarter has no month, a year neither month nor quarter', () => {
		expect(periodFacts(period('2025-05'))).toEqual({
			id: '2025-05',
			year: 2025,
			quarter: 2,
			month: 5,
			days: 31
		});
		expect(periodFacts(period('2025-Q2'))).toMatchObject({ quarter: 2, month: null, days: 91 });
		expect(periodFacts(period('2025'))).toMatchObject({ quarter: null, month: null, days: 365 });
	});

	it.each([
		['2025-01-01', '2025-01', 1],
		['2025-01-02', '2025-01', 0],
		['2024-03-01', '2025-02', 12],
		['2024-03-15', '2025-03', 12],
		['2024-03-15', '2025-02', 11]
	])('who joined on %s has at the end of %s %d months', (hired, at, months) => {
		expect(tenureMonths(hired, period(at))).toBe(months);
	});

	it('who joins after the period has no tenure in it', () => {
		expect(tenureMonths('2025-02-01', period('2025-01'))).toBeNull();
		expect(tenureMonths('yesterday', period('2025-01'))).toBeNull();
	});
});
