/** Rounding as people do it on paper, checked against exact decimals. */
import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import {
	ceilTolerant,
	floorTolerant,
	roundHalfAway,
	toFloat,
	toNumber
} from '#lib/engine/logic/number.ts';
import { Random, seedOf } from '../generators/random.ts';

const TOTALS = 120_000;

/** What paper gives: the decimal that the double stands for, rounded half away from zero. */
function onPaper(exact: Decimal, digits: number): number {
	return exact.toDecimalPlaces(digits, Decimal.ROUND_HALF_UP).toNumber();
}

describe('rounding', () => {
	it(`agrees with exact decimals on ${TOTALS} weighted totals, ties included`, () => {
		const seed = seedOf(81_43);
		const random = new Random(seed);
		const wrong: unknown[] = [];
		let ties = 0;
		for (let i = 0; i < TOTALS; i++) {
			const digits = random.int(0, 3);
			const weights = [random.int(1, 40), random.int(1, 30)];
			weights.push(100 - (weights[0] ?? 0) - (weights[1] ?? 0));
			const scale = random.pick([1, 1, 10, 1000, 1_000_000]);
			const scores = weights.map(() => random.int(-20_000, 120_000) * scale);
			const places = random.pick([1000, 1000, 10_000]);
			let sum = 0;
			let exact = new Decimal(0);
			weights.forEach((weight, k) => {
				sum += weight * ((scores[k] ?? 0) / places);
				exact = exact.plus(new Decimal(scores[k] ?? 0).div(places).times(weight));
			});
			exact = exact.div(100);
			const tail = exact
				.times(10 ** digits)
				.mod(1)
				.abs();
			if (tail.eq(0.5)) ties++;
			const ours = roundHalfAway(sum / 100, digits);
			if (ours !== onPaper(exact, digits)) wrong.push({ weights, scores, places, digits, ours });
		}
		console.log(`Rounding: ${TOTALS} totals, ${ties} ties, seed ${seed}.`);
		expect(wrong, `seed ${seed}`).toEqual([]);
		expect(ties).toBeGreaterThan(1_000);
	});

	it('gets every tie of two decimals right from 0.005 to 10,000,000,000', () => {
		const seed = seedOf(1_005);
		const random = new Random(seed);
		const wrong: number[] = [];
		for (let i = 0; i < 50_000; i++) {
			const cents = Math.floor(10 ** (random.next() * 12));
			const tie = Number(`${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}5`);
			const up = new Decimal(tie.toString()).toDecimalPlaces(2, Decimal.ROUND_HALF_UP).toNumber();
			if (roundHalfAway(tie, 2) !== up || roundHalfAway(-tie, 2) !== -up) wrong.push(tie);
		}
		expect(wrong, `seed ${seed}`).toEqual([]);
	});

	it.each([
		[1.005, 2, 1.01],
		[-2.5, 0, -3],
		[89.995, 2, 90],
		[89.994, 2, 89.99],
		[-0.4, 0, 0],
		[4503599627370496.5, 0, 4503599627370496],
		[1e308, 10, 1e308]
	])('%d to %i digits is %d', (x, digits, rounded) => {
		expect(roundHalfAway(x, digits)).toBe(rounded);
	});

	it('refuses digits that are no whole number from 0 to 10', () => {
		for (const digits of [-1, 11, 1.5, Number.NaN]) {
			expect(() => roundHalfAway(1, digits)).toThrow(RangeError);
		}
	});
});

describe('floor and ceil', () => {
	it('count a whole that misses by a hair', () => {
		expect(floorTolerant((1.2 - 1) / 0.1)).toBe(2);
		expect(ceilTolerant(1.1 * 30)).toBe(33);
		expect(floorTolerant(1.999999)).toBe(1);
		expect(ceilTolerant(2.000001)).toBe(3);
	});

	it('never give negative zero', () => {
		expect(Object.is(floorTolerant(-0), 0)).toBe(true);
		expect(Object.is(ceilTolerant(-0.5), 0)).toBe(true);
	});
});

describe('coercion', () => {
	it('reads numbers as JavaScript does for - / and comparisons', () => {
		expect(toNumber('5')).toBe(5);
		expect(toNumber(true)).toBe(1);
		expect(toNumber('')).toBe(0);
		expect(toNumber([7])).toBe(7);
		expect(toNumber('12abc')).toBeNaN();
		expect(toNumber({ valueOf: 3 })).toBeNaN();
	});

	it('reads the leading number for + and *', () => {
		expect(toFloat('12abc')).toBe(12);
		expect(toFloat(true)).toBeNaN();
		expect(toFloat([3, 4])).toBe(3);
	});
});
