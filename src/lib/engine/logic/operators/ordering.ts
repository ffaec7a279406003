/** How two values are ordered, as JavaScript's `<` does: texts by code unit, else as numbers. */
import { toNumber } from '../number.ts';
import type { Value } from '../rule.ts';
import { toPrimitive, type Charge } from '../value.ts';

/** a < b. A word beside a number is neither less nor greater. */
export function isLess(a: Value, b: Value, charge: Charge): boolean {
	const left = toPrimitive(a, charge);
	const right = toPrimitive(b, charge);
	return typeof left === 'string' && typeof right === 'string'
		? left < right
		: toNumber(left) < toNumber(right);
}

/** a ≤ b; false where the two cannot be compared. */
export function isAtMost(a: Value, b: Value, charge: Charge): boolean {
	const left = toPrimitive(a, charge);
	const right = toPrimitive(b, charge);
	return typeof left === 'string' && typeof right === 'string'
		? left <= right
		: toNumber(left) <= toNumber(right);
}
