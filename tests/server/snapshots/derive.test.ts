import { describe, expect, it } from 'vitest';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { MetricValues } from '#lib/server/snapshots/derive.ts';
import { Calendar, FigureStore, targetIn } from '#lib/server/snapshots/figure-store.ts';
import { subjectKey } from '#lib/server/snapshots/subjects.ts';
import { metric } from '../imports/import-files.ts';

type Figures = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Values of metrics from `{ metric: { 'E1 2025-01': 5 } }`. */
function valuesOf(
	definitions: readonly object[],
	figures: Figures,
	units: Record<string, string> = {}
) {
	const metrics = new Map(
		definitions.map((definition) => [
			(definition as MetricDefinition).id,
			definition as MetricDefinition
		])
	);
	const store = new FigureStore();
	for (const [id, cells] of Object.entries(figures)) {
		for (const [key, value] of Object.entries(cells)) {
			const [subjectId = '', period = ''] = key.split(' ');
			store.add({ subjectKind: 'employee', subjectId, metric: id, period, value });
		}
	}
	const values = new MetricValues(metrics, store, new Calendar(1), () => ({
		unitOf: new Map(Object.entries(units))
	}));
	return (id: string, employee: string, period: string) =>
		values.value(id, subjectKey('employee', employee), period);
}

describe('shorter periods combine as the metric says', () => {
	const months = { 'E1 2025-01': 4, 'E1 2025-02': 1, 'E1 2025-03': 7 };
	it.each([
		['sum', 12],
		['mean', 4],
		['last', 7],
		['max', 7],
		['min', 1]
	])('%s of a quarter', (aggregation, expected) => {
		const value = valuesOf([metric('m', { aggregation })], { m: months });
		expect(value('m', 'E1', '2025-Q1')).toBe(expected);
	});

	it('a month without a figure is left out, and a quarter without any is missing, not zero', () => {
		const value = valuesOf([metric('m', { aggregation: 'mean' })], {
			m: { 'E1 2025-01': 4, 'E1 2025-03': 8 }
		});
		expect(value('m', 'E1', '2025-Q1')).toBe(6);
		expect(value('m', 'E1', '2025-Q2')).toBeNull();
		expect(value('m', 'E2', '2025-Q1')).toBeNull();
	});

	it('days make months', () => {
		const value = valuesOf([metric('m', { period: 'day' })], {
			m: { 'E1 2025-01-30': 4, 'E1 2025-01-31': 5, 'E1 2025-02-01': 9 }
		});
		expect(value('m', 'E1', '2025-01')).toBe(9);
		expect(value('m', 'E1', '2025-Q1')).toBe(18);
	});

	it('a longer period never becomes a shorter one', () => {
		const value = valuesOf([metric('m', { period: 'quarter' })], { m: { 'E1 2025-Q1': 9 } });
		expect(value('m', 'E1', '2025-01')).toBeNull();
		expect(value('m', 'E1', '2025-Q1')).toBe(9);
	});
});

describe('derived metrics', () => {
	it('a ratio is a ratio of sums, never a mean of ratios', () => {
		const value = valuesOf(
			[
				metric('won'),
				metric('asked'),
				metric('rate', { aggregation: 'ratio', numerator: 'won', denominator: 'asked' })
			],
			{ won: { 'E1 2025-01': 1, 'E1 2025-02': 9 }, asked: { 'E1 2025-01': 10, 'E1 2025-02': 10 } }
		);
		expect(value('rate', 'E1', '2025-Q1')).toBe(0.5);
		expect(value('rate', 'E1', '2025-03')).toBeNull();
	});

	it('a formula reads other metrics; division by zero is missing', () => {
		const formula = { '/': [{ var: 'metric.profit' }, { var: 'metric.shipments' }] };
		const value = valuesOf(
			[metric('profit'), metric('shipments'), metric('per_shipment', { formula })],
			{
				profit: { 'E1 2025-01': 90, 'E1 2025-02': 90 },
				shipments: { 'E1 2025-01': 30, 'E1 2025-02': 0 }
			}
		);
		expect(value('per_shipment', 'E1', '2025-01')).toBe(3);
		expect(value('per_shipment', 'E1', '2025-02')).toBeNull();
	});

	it('a window counts own periods, the current one included', () => {
		const window = { periods: 3, take: 'mean' };
		const value = valuesOf([metric('m', { window })], {
			m: { 'E1 2025-01': 3, 'E1 2025-02': 6, 'E1 2025-03': 9, 'E1 2025-04': 12 }
		});
		expect(value('m', 'E1', '2025-03')).toBe(6);
		expect(value('m', 'E1', '2025-04')).toBe(9);
		// The quarter's value is that of its last month.
		expect(value('m', 'E1', '2025-Q1')).toBe(6);
	});

	it('ties share the better rank, and people are compared within their unit', () => {
		const ranked = (within: string, order = 'high') =>
			metric('r', { formula: { var: 'metric.m' }, rank: { within, order } });
		const m = { 'A 2025-01': 10, 'B 2025-01': 10, 'C 2025-01': 5, 'D 2025-01': 1 };
		const units = { A: 'U', B: 'U', C: 'U', D: 'V', E: 'V' };
		const all = valuesOf([metric('m'), ranked('client')], { m }, units);
		expect(['A', 'B', 'C', 'D', 'E'].map((id) => all('r', id, '2025-01'))).toEqual([
			1,
			1,
			3,
			4,
			null
		]);
		const unit = valuesOf([metric('m'), ranked('unit', 'low')], { m }, units);
		expect(['A', 'B', 'C', 'D'].map((id) => unit('r', id, '2025-01'))).toEqual([2, 2, 1, 1]);
	});

	it('first in three months running is a streak of three; a gap ends it', () => {
		const streak = { when: { '==': [{ var: 'metric.place' }, 1] } };
		const definitions = [
			metric('m'),
			metric('place', { formula: { var: 'metric.m' }, rank: { within: 'client', order: 'high' } }),
			metric('leads', { streak })
		];
		const value = valuesOf(
			definitions,
			{
				m: {
					'A 2025-01': 9,
					'A 2025-02': 9,
					'A 2025-03': 9,
					'B 2025-01': 1,
					'B 2025-02': 1,
					'B 2025-03': 1,
					'B 2025-04': 2,
					'A 2025-04': 1
				}
			},
			{ A: 'U', B: 'U' }
		);
		expect(value('leads', 'A', '2025-02')).toBe(2);
		expect(value('leads', 'A', '2025-03')).toBe(3);
		expect(value('leads', 'A', '2025-04')).toBe(0);
		expect(value('leads', 'B', '2025-04')).toBe(1);
	});

	it('a circle that slipped through is missing, not an endless walk', () => {
		const value = valuesOf(
			[
				metric('a', { formula: { var: 'metric.b' } }),
				metric('b', { formula: { var: 'metric.a' } })
			],
			{}
		);
		expect(value('a', 'E1', '2025-01')).toBeNull();
	});
});

describe('targets of shorter periods', () => {
	const periods = new Map([
		['2025-01', 10],
		['2025-02', 20],
		['2025-03', 30]
	]);
	it.each([
		['sum', 60],
		['mean', 20],
		['last', 30]
	])('combine by %s', (target_aggregation, expected) => {
		const definition = metric('m', { target_aggregation }) as unknown as MetricDefinition;
		expect(targetIn(periods, definition, '2025-Q1', new Calendar(1))).toBe(expected);
	});
	it('give way to a target that was agreed for the period itself', () => {
		const definition = metric('m') as unknown as MetricDefinition;
		expect(
			targetIn(new Map([...periods, ['2025-Q1', 99]]), definition, '2025-Q1', new Calendar(1))
		).toBe(99);
	});
});
