/**
 * Bounds on the numbers that a graph node can take, missing aside. They prove that an intermediate
 * result cannot overflow, so that the test for “not finite is missing” is emitted only where it can
 * matter. Bounds of constants are widened to powers of 256, because a kernel must not change its
 * shape when an author moves a number a little.
 */
export interface Interval {
	readonly low: number;
	readonly high: number;
}

export const ANYTHING: Interval = { low: -Infinity, high: Infinity };
export const ZERO_TO_ONE: Interval = { low: 0, high: 1 };

/** The largest magnitude that counts as bounded; a sum of a few of these is still finite. */
const SAFE = 2 ** 1000;

function widenedUp(magnitude: number): number {
	if (magnitude === 0) return 0;
	const exponent = Math.ceil(Math.log2(magnitude) / 8) * 8;
	return exponent > 1000 ? Infinity : 2 ** Math.max(exponent, -992);
}

function widenedDown(magnitude: number): number {
	if (magnitude === 0 || magnitude < 2 ** -984) return 0;
	return 2 ** (Math.floor(Math.log2(magnitude) / 8) * 8);
}

/** The widened interval that holds everything from `low` to `high`. */
export function widened(low: number, high: number): Interval {
	return {
		low: low < 0 ? -widenedUp(-low) : widenedDown(low),
		high: high > 0 ? widenedUp(high) : -widenedDown(-high)
	};
}

/** True when no value of the interval is so large that it could be infinite. */
export function isBounded({ low, high }: Interval): boolean {
	return low > -SAFE && high < SAFE;
}

/** True when zero is impossible. */
export function isNonZero({ low, high }: Interval): boolean {
	return low > 0 || high < 0;
}

export function magnitude({ low, high }: Interval): number {
	return Math.max(Math.abs(low), Math.abs(high));
}

export function hull(a: Interval, b: Interval): Interval {
	return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

/** Interval of corner values; a corner that is not a number says nothing is known. */
function around(...corners: readonly number[]): Interval {
	if (corners.some(Number.isNaN)) return ANYTHING;
	return { low: Math.min(...corners), high: Math.max(...corners) };
}

export function intervalOf(
	op: 'add' | 'subtract' | 'multiply' | 'divide' | 'modulo' | 'min' | 'max',
	a: Interval,
	b: Interval
): Interval {
	switch (op) {
		case 'add':
			return around(a.low + b.low, a.high + b.high);
		case 'subtract':
			return around(a.low - b.high, a.high - b.low);
		case 'multiply':
			return around(a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high);
		case 'divide':
			if (!isNonZero(b)) return ANYTHING;
			return around(a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high);
		case 'modulo':
			return around(-magnitude(a), magnitude(a));
		case 'min':
			return { low: Math.min(a.low, b.low), high: Math.min(a.high, b.high) };
		case 'max':
			return { low: Math.max(a.low, b.low), high: Math.max(a.high, b.high) };
	}
}
