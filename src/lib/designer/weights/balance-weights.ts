/**
 * Weights that always total 100 %. All figures are basis points (万分之一): integers, so that no
 * rounding is left over. A gesture is balanced from the values at its start, never from values in
 * between; so dragging there and back restores every weight, and a drag to the end wipes nothing.
 */

export const WHOLE = 10_000;

export interface WeightSlot {
	readonly id: string;
	readonly basisPoints: number;
	/** Neither balance nor repair moves it. */
	readonly locked: boolean;
}

/** The most a slot can take: what is neither locked elsewhere nor below zero. */
export function largestWeight(slots: readonly WeightSlot[], id: string): number {
	const lockedElsewhere = slots
		.filter((slot) => slot.locked && slot.id !== id)
		.reduce((sum, slot) => sum + slot.basisPoints, 0);
	return Math.max(0, WHOLE - lockedElsewhere);
}

/**
 * Gives one slot the wanted weight and spreads the rest over the other unlocked slots, in
 * proportion to their weights at the start of the gesture. With nothing left to balance against,
 * the slot takes what is missing to the whole.
 */
export function balanceWeights(
	start: readonly WeightSlot[],
	id: string,
	wanted: number
): readonly number[] {
	const isFree = (slot: WeightSlot) => !slot.locked && slot.id !== id;
	const limit = largestWeight(start, id);
	const free = start.filter(isFree);
	const given = free.length === 0 ? limit : Math.max(0, Math.min(limit, Math.round(wanted)));
	const shares = apportion(
		free.map((slot) => slot.basisPoints),
		limit - given
	);
	let next = 0;
	return start.map((slot) => {
		if (slot.id === id) return given;
		return isFree(slot) ? (shares[next++] ?? 0) : slot.basisPoints;
	});
}

/** Scales the unlocked slots so that all total the whole; locked ones stay. */
export function fillWeights(slots: readonly WeightSlot[]): readonly number[] {
	const locked = slots.filter((slot) => slot.locked);
	const rest = Math.max(0, WHOLE - locked.reduce((sum, slot) => sum + slot.basisPoints, 0));
	const shares = apportion(
		slots.filter((slot) => !slot.locked).map((slot) => slot.basisPoints),
		rest
	);
	let next = 0;
	return slots.map((slot) => (slot.locked ? slot.basisPoints : (shares[next++] ?? 0)));
}

/** A new slot takes the median weight of the others, pro rata from those that are unlocked. */
export function weightForNewcomer(slots: readonly WeightSlot[]): number {
	const sorted = slots.map((slot) => slot.basisPoints).sort((a, b) => a - b);
	const median = sorted[Math.floor(sorted.length / 2)] ?? WHOLE;
	const free = slots.filter((slot) => !slot.locked);
	const available = free.reduce((sum, slot) => sum + slot.basisPoints, 0);
	return slots.length === 0 ? WHOLE : Math.min(median, available);
}

/** Splits a whole number in proportion to shares: largest remainder first, ties in list order. */
export function apportion(shares: readonly number[], whole: number): readonly number[] {
	const total = shares.reduce((sum, share) => sum + share, 0);
	if (shares.length === 0) return [];
	const exact = shares.map((share) =>
		total === 0 ? whole / shares.length : (share * whole) / total
	);
	const floors = exact.map(Math.floor);
	const missing = whole - floors.reduce((sum, floor) => sum + floor, 0);
	const byRemainder = exact
		.map((value, index) => ({ index, remainder: value - Math.floor(value) }))
		.sort((a, b) => b.remainder - a.remainder || a.index - b.index);
	const lucky = new Set(byRemainder.slice(0, missing).map(({ index }) => index));
	return floors.map((floor, index) => floor + (lucky.has(index) ? 1 : 0));
}
