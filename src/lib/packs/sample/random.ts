/**
 * Chance that is the same everywhere: integer arithmetic and sums only, because the last bits of
 * Math.log and Math.cos differ between machines.
 */
export class SeededRandom {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** A number from 0 up to, not including, 1 (mulberry32). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	}

	/** About normal with mean 0 and standard deviation 1: a sum of twelve, never beyond ±6. */
	normal(): number {
		let sum = -6;
		for (let i = 0; i < 12; i++) sum += this.next();
		return sum;
	}

	/** A whole number from `low` to `high`, both included. */
	between(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	/** One of a list. */
	pick<T>(list: readonly T[]): T {
		const chosen = list[Math.floor(this.next() * list.length)];
		if (chosen === undefined) throw new Error('There is nothing to pick from.');
		return chosen;
	}
}

/** A seed for one part of the whole, so that adding a part does not move the others. */
export function seedFor(seed: number, ...names: readonly string[]): number {
	let hash = (seed ^ 0x811c9dc5) >>> 0;
	for (const character of names.join('\n')) {
		hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
	}
	return hash;
}
