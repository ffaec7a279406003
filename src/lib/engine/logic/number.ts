/**
 * Numbers of the scoring rules: coercion, and rounding half away from zero with a tie tolerance.
 *
 * Binary doubles hold 1.005 as 1.00499…, so plain rounding gets ordinary weighted totals wrong by a
 * cent. The tolerance has an absolute and a relative part: without the relative one, ties on pay of
 * a hundred thousand go wrong. Every backend computes these formulas in exactly this order.
 */
import type { Value } from './rule.ts';
import { toPrimitive, type Charge } from './value.ts';

/** 10^d for d = 0…10: exact doubles, never computed with `**`. */
export const POWERS_OF_TEN: readonly number[] = [
	1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000
];

/** Most decimals a `round` may ask for. */
export const MAX_DIGITS = POWERS_OF_TEN.length - 1;

/** From here on every double is a whole number: there is nothing left to round. */
export const WHOLE_FROM = 2 ** 52;

export const ABSOLUTE_TOLERANCE = 1e-9;
export const RELATIVE_TOLERANCE = 2 ** -51;

/** Turns −0 into 0, as every operator result does. */
export function withoutNegativeZero(x: number): number {
	return x === 0 ? 0 : x;
}

/** What a whole or a tie may miss by and still count as met. */
export function tolerance(y: number): number {
	return Math.max(ABSOLUTE_TOLERANCE, Math.abs(y) * RELATIVE_TOLERANCE);
}

/** Rounds half away from zero to `digits` (0–10) decimals; 1.005 → 1.01, −2.5 → −3. */
export function roundHalfAway(x: number, digits: number): number {
	const power = POWERS_OF_TEN[digits];
	if (power === undefined) throw new RangeError(`round takes 0 to ${MAX_DIGITS} digits.`);
	const y = Math.abs(x) * power;
	if (y >= WHOLE_FROM) return x;
	const rounded =
		Math.floor(y + (0.5 + Math.max(ABSOLUTE_TOLERANCE, y * RELATIVE_TOLERANCE))) / power;
	return withoutNegativeZero(x < 0 ? -rounded : rounded);
}

/** The whole number at or below x; (1.2 − 1) / 0.1 is two, not one. */
export function floorTolerant(x: number): number {
	return withoutNegativeZero(Math.floor(x + tolerance(x)));
}

/** The whole number at or above x; 3.0000000001 is three, not four. */
export function ceilTolerant(x: number): number {
	return withoutNegativeZero(Math.ceil(x - tolerance(x)));
}

/**
 * The number that `-`, `/`, `%`, the comparisons and `min` see, as JavaScript's own conversion gives
 * it: `"5"` is 5, `true` is 1, a word is NaN. Null is for the caller to catch first.
 */
export function toNumber(value: Value, charge?: Charge): number {
	return Number(toPrimitive(value, charge));
}

/** The number that `+` and `*` see: the leading number of the text, so `true` and a word are NaN. */
export function toFloat(value: Value, charge?: Charge): number {
	return typeof value === 'number' ? value : Number.parseFloat(String(toPrimitive(value, charge)));
}
