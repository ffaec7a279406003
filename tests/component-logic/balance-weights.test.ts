import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	WHOLE,
	apportion,
	balanceWeights,
	fillWeights,
	largestWeight,
	weightForNewcomer,
	type WeightSlot
} from '#lib/designer/weights/balance-weights.ts';

const SEED = 20_261_122;

/** Slots that total the whole, some of them locked. */
const wholeSlots = fc
	.array(fc.record({ share: fc.nat(1000), locked: fc.boolean() }), { minLength: 1, maxLength: 12 })
	.map((parts) => {
		const points = apportion(
			parts.map((part) => part.share),
			WHOLE
		);
		return parts.map((part, index): WeightSlot => ({
			id: `item_${index}`,
			basisPoints: points[index] ?? 0,
			locked: part.locked
		}));
	});

const gesture = wholeSlots.chain((slots) =>
	fc.record({
		slots: fc.constant(slots),
		moved: fc.nat(slots.length - 1),
		wanted: fc.integer({ min: -2000, max: 14_000 })
	})
);

const total = (points: readonly number[]) => points.reduce((sum, value) => sum + value, 0);

describe('balancing weights', () => {
	test('the total is exactly 10 000 whatever is moved, and nothing falls below zero', () => {
		fc.assert(
			fc.property(gesture, ({ slots, moved, wanted }) => {
				const result = balanceWeights(slots, `item_${moved}`, wanted);
				expect(total(result)).toBe(WHOLE);
				expect(Math.min(...result)).toBeGreaterThanOrEqual(0);
			}),
			{ seed: SEED, numRuns: 2000 }
		);
	});

	test('a locked weight never moves', () => {
		fc.assert(
			fc.property(gesture, ({ slots, moved, wanted }) => {
				const result = balanceWeights(slots, `item_${moved}`, wanted);
				slots.forEach((slot, index) => {
					if (slot.locked && index !== moved) expect(result[index]).toBe(slot.basisPoints);
				});
			}),
			{ seed: SEED, numRuns: 2000 }
		);
	});

	test('going back to where the gesture began restores every weight', () => {
		fc.assert(
			fc.property(gesture, ({ slots, moved }) => {
				const home = slots[moved]?.basisPoints ?? 0;
				expect(balanceWeights(slots, `item_${moved}`, home)).toEqual(
					slots.map((slot) => slot.basisPoints)
				);
			}),
			{ seed: SEED, numRuns: 2000 }
		);
	});

	test('40 to 45 takes from the others in proportion to where they stood', () => {
		const slots = [4000, 2500, 2000, 1500].map((basisPoints, index) => ({
			id: `item_${index}`,
			basisPoints,
			locked: false
		}));
		expect(balanceWeights(slots, 'item_0', 4500)).toEqual([4500, 2292, 1833, 1375]);
	});

	test('a weight cannot grow into what is locked', () => {
		const slots = [
			{ id: 'a', basisPoints: 5000, locked: false },
			{ id: 'b', basisPoints: 3000, locked: true },
			{ id: 'c', basisPoints: 2000, locked: false }
		];
		expect(largestWeight(slots, 'a')).toBe(7000);
		expect(balanceWeights(slots, 'a', 9000)).toEqual([7000, 3000, 0]);
	});

	test('filling up scales the unlocked weights to the whole', () => {
		const slots = [6000, 4000, 1000].map((basisPoints, index) => ({
			id: `item_${index}`,
			basisPoints,
			locked: index === 1
		}));
		expect(fillWeights(slots)).toEqual([5143, 4000, 857]);
	});

	test('a newcomer takes nothing from locked weights', () => {
		const locked = [5000, 5000].map((basisPoints, index) => ({
			id: `item_${index}`,
			basisPoints,
			locked: true
		}));
		expect(weightForNewcomer(locked)).toBe(0);
		expect(weightForNewcomer([])).toBe(WHOLE);
	});
});
