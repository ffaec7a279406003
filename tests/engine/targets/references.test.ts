import { describe, expect, it } from 'vitest';
import {
	quantile,
	shareReaching,
	splitTarget,
	suggestFromBest,
	targetReferences
} from '#lib/engine/targets/references.ts';
import { Random, seedOf } from '../generators/random.ts';

const history = [
	['2025-03', 90],
	['2024-04', 70],
	['2025-01', 100],
	['2025-02', 100]
].map(([period, value]) => ({ period: String(period), value: Number(value) }));

describe('references from history', () => {
	it('median, better quartile, best, last and the same period last year', () => {
		expect(targetReferences(history, { period: '2025-04' })).toEqual({
			count: 4,
			median: 95,
			quartile: 100,
			best: { period: '2025-02', value: 100 },
			worst: { period: '2024-04', value: 70 },
			last: { period: '2025-03', value: 90 },
			mean: 90,
			lastYear: { period: '2024-04', value: 70 }
		});
	});

	it('where lower is better the best is the lowest and the quartile the lower one', () => {
		expect(targetReferences(history, { better: 'lower' })).toMatchObject({
			best: { value: 70 },
			quartile: 85
		});
	});

	it('without history nothing is made up', () => {
		expect(targetReferences([])).toEqual({
			count: 0,
			median: null,
			quartile: null,
			best: null,
			worst: null,
			last: null,
			mean: null,
			lastYear: null
		});
		expect(quantile([NaN], 0.5)).toBeNull();
	});

	it('a value that equals the target has reached it', () => {
		expect(shareReaching([80, 90, 100, NaN], 90)).toEqual({ reached: 2, count: 3, share: 2 / 3 });
		expect(shareReaching([20, 24, 24.1], 24, 'lower').reached).toBe(2);
	});
});

describe('suggestions', () => {
	it('80 % of the best: 25 visits and 15 % conversion become 20 and 12 % (AT-31)', () => {
		expect(suggestFromBest([25, 25, 10], { top: 2, ratio: 0.8 })).toBe(20);
		expect(suggestFromBest([0.15, 0.05], { top: 1, ratio: 0.8 })).toBeCloseTo(0.12, 12);
	});

	it('the share of the best is chosen: 22 visits become 20, 8 orders become 6 (AT-32)', () => {
		expect(Math.round(suggestFromBest([22, 22], { top: 2, ratio: 0.9 }) ?? 0)).toBe(20);
		expect(suggestFromBest([8], { top: 1, ratio: 0.75 })).toBe(6);
	});

	it('100,000 is proposed, 150,000 is remembered, and history says 120,000 (AT-33)', () => {
		const months = [80_000, 90_000, 120_000].map((value, index) => ({
			period: `2025-0${index + 1}`,
			value
		}));
		expect(targetReferences(months, { period: '2025-04' })).toMatchObject({
			last: { period: '2025-03', value: 120_000 },
			best: { value: 120_000 },
			median: 90_000
		});
	});

	it('ten people share a company target, and the parts total the whole (AT-04)', () => {
		expect(splitTarget(10_000_000, Array<number>(10).fill(1))).toEqual(
			Array<number>(10).fill(1_000_000)
		);
		expect(splitTarget(100, [1, 1, 1])).toEqual([34, 33, 33]);
		expect(splitTarget(100, [0, 0])).toBeNull();
		const random = new Random(seedOf(77));
		for (let i = 0; i < 200; i++) {
			const cents = random.int(0, 1e6);
			const weights = random.times(7, () => random.next() * 9);
			const parts = splitTarget(cents / 100, weights, 2) ?? [];
			expect(parts.reduce((sum, part) => sum + Math.round(part * 100), 0)).toBe(cents);
		}
	});
});
