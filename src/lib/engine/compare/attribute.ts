/**
 * Which edit moved a score by how much: the Shapley value, the only split that is fair in the sense
 * that equal contributions get equal shares, nothing depends on the order of edits, and everything
 * adds up.
 *
 * Players are groups of edits (all weights are one, because single weights would not total 100).
 * A coalition's value is the score under the baseline with only its edits applied; weights of such
 * a hybrid that miss 100 are scaled. A hybrid that gives a row no score counts as the baseline's
 * score: it explains nothing. All arithmetic is in whole units of the last decimal.
 */
import { compareTexts } from '../table/hash.ts';

/** Values of the rows (or totals) under one coalition, in whole units; NaN where there is none. */
export type CoalitionValue = (members: readonly string[]) => Float64Array;

export interface AttributionInput {
	/** Ids of the players. */
	readonly players: readonly string[];
	readonly valueOf: CoalitionValue;
	/** Number of values that `valueOf` gives. */
	readonly rows: number;
	/** Players up to which every coalition is looked at; beyond, permutations are sampled. */
	readonly exactUpTo?: number;
	/** Pairs of permutations (one and its reverse) that are sampled. */
	readonly samples?: number;
	readonly seed?: number;
	readonly isCancelled?: () => boolean;
	readonly onProgress?: (done: number, total: number) => void;
}

export interface AttributionShare {
	readonly edit: string;
	/** Whole units of the last decimal. */
	readonly units: number;
}

export interface Attribution {
	readonly method: 'exact' | 'sampled';
	/** Permutations that were looked at; 0 where the method is exact. */
	readonly permutations: number;
	/** Largest standard error of any share, in units; 0 where the method is exact. */
	readonly error: number;
	/** The same for each row by itself: rows may be in different units. */
	readonly errors: readonly number[];
	/** For each row its shares without those of 0, largest first, ties by id; they add up exactly. */
	readonly rows: readonly (readonly AttributionShare[])[];
}

export const EXACT_PLAYERS = 10;
export const SAMPLED_PAIRS = 64;

/** A small reproducible generator (mulberry32); its sequence is part of the result. */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

/**
 * Splits the change from no edit to all edits over the edits, for every row. A row without a value
 * at either end has no change to split.
 */
export function attribute(input: AttributionInput): Attribution {
	// Sorted, so that the order in which edits were found cannot show in the result.
	const players = [...input.players].sort(compareTexts);
	const [from, to] = [input.valueOf([]), input.valueOf(players)];
	const known: AttributionInput = {
		...input,
		valueOf: (members) =>
			members.length === 0 ? from : members.length === players.length ? to : input.valueOf(members)
	};
	const result =
		players.length <= (input.exactUpTo ?? EXACT_PLAYERS)
			? exactly(players, known)
			: sampled(players, known);
	const rows = result.rows.map((shares, row) =>
		Number.isNaN(from[row] ?? NaN) || Number.isNaN(to[row] ?? NaN) ? [] : shares
	);
	return { ...result, rows };
}

/** Values by coalition, each computed once; a row without a value takes the baseline's. */
class Coalitions {
	readonly #known = new Map<string, Float64Array>();
	readonly #input: AttributionInput;
	readonly #players: readonly string[];
	readonly #baseline: Float64Array;

	constructor(players: readonly string[], input: AttributionInput) {
		this.#players = players;
		this.#input = input;
		this.#baseline = input.valueOf([]).map((units) => (Number.isNaN(units) ? 0 : units));
		this.#known.set('', this.#baseline);
	}

	/** `members` are ascending indexes of players. */
	of(members: readonly number[]): Float64Array {
		const key = members.join(' ');
		let value = this.#known.get(key);
		if (!value) {
			value = this.#input
				.valueOf(members.map((index) => this.#players[index] ?? ''))
				.map((units, row) => (Number.isNaN(units) ? (this.#baseline[row] ?? 0) : units));
			this.#known.set(key, value);
		}
		return value;
	}
}

function exactly(players: readonly string[], input: AttributionInput): Attribution {
	const count = players.length;
	const coalitions = new Coalitions(players, input);
	const all = 1 << count;
	const values = Array.from({ length: all }, (_, mask) => {
		if (input.isCancelled?.()) return new Float64Array(input.rows);
		input.onProgress?.(mask, all);
		return coalitions.of(players.map((_, index) => index).filter((index) => mask & (1 << index)));
	});
	const factorials = [1];
	for (let n = 1; n <= count; n++) factorials.push((factorials[n - 1] ?? 1) * n);
	// Shares times count! are whole numbers, so nothing is lost before the largest remainder.
	const whole = factorials[count] ?? 1;
	const shares = players.map(() => new Float64Array(input.rows));
	for (let mask = 0; mask < all; mask++) {
		const without = values[mask];
		const size = popCount(mask);
		for (let player = 0; player < count; player++) {
			if (mask & (1 << player)) continue;
			const weight = (factorials[size] ?? 1) * (factorials[count - size - 1] ?? 1);
			const share = shares[player];
			const withPlayer = values[mask | (1 << player)];
			if (!share || !without || !withPlayer) continue;
			for (let row = 0; row < input.rows; row++)
				share[row] = (share[row] ?? 0) + weight * ((withPlayer[row] ?? 0) - (without[row] ?? 0));
		}
	}
	return {
		method: 'exact',
		permutations: 0,
		error: 0,
		errors: Array.from({ length: input.rows }, () => 0),
		rows: settle(players, shares, whole, input.rows)
	};
}

function popCount(mask: number): number {
	let bits = 0;
	for (let rest = mask; rest > 0; rest &= rest - 1) bits++;
	return bits;
}

/** Each permutation and its reverse (which lowers the error); their sums are exact for every row. */
function sampled(players: readonly string[], input: AttributionInput): Attribution {
	const coalitions = new Coalitions(players, input);
	const random = seededRandom(input.seed ?? 1);
	const pairs = input.samples ?? SAMPLED_PAIRS;
	const shares = players.map(() => new Float64Array(input.rows));
	const squares = players.map(() => new Float64Array(input.rows));
	for (let pair = 0; pair < pairs; pair++) {
		if (input.isCancelled?.()) break;
		input.onProgress?.(pair, pairs);
		const order = shuffled(players.length, random);
		const both = players.map(() => new Float64Array(input.rows));
		for (const permutation of [order, order.toReversed()])
			addMarginals(permutation, coalitions, both, input.rows);
		both.forEach((sum, player) => {
			const share = shares[player];
			const square = squares[player];
			for (let row = 0; row < input.rows; row++) {
				const value = sum[row] ?? 0;
				if (share) share[row] = (share[row] ?? 0) + value;
				if (square) square[row] = (square[row] ?? 0) + (value / 2) ** 2;
			}
		});
	}
	const errors = standardErrors(shares, squares, pairs, input.rows);
	return {
		method: 'sampled',
		permutations: pairs * 2,
		error: errors.reduce((largest, error) => Math.max(largest, error), 0),
		errors,
		rows: settle(players, shares, pairs * 2, input.rows)
	};
}

function shuffled(count: number, random: () => number): number[] {
	const order = Array.from({ length: count }, (_, index) => index);
	for (let i = count - 1; i > 0; i--) {
		const j = Math.floor(random() * (i + 1));
		[order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
	}
	return order;
}

function addMarginals(
	order: readonly number[],
	coalitions: Coalitions,
	sums: readonly Float64Array[],
	rows: number
): void {
	let before = coalitions.of([]);
	const members: number[] = [];
	for (const player of order) {
		members.push(player);
		const after = coalitions.of([...members].sort((a, b) => a - b));
		const sum = sums[player];
		if (sum)
			for (let row = 0; row < rows; row++)
				sum[row] = (sum[row] ?? 0) + (after[row] ?? 0) - (before[row] ?? 0);
		before = after;
	}
}

/** The largest standard error of any player's share, for each row. */
function standardErrors(
	shares: readonly Float64Array[],
	squares: readonly Float64Array[],
	pairs: number,
	rows: number
): number[] {
	return Array.from({ length: rows }, (_, row) => {
		if (pairs < 2) return Infinity;
		let largest = 0;
		shares.forEach((share, player) => {
			const mean = (share[row] ?? 0) / (2 * pairs);
			const variance = ((squares[player]?.[row] ?? 0) - pairs * mean * mean) / (pairs - 1);
			largest = Math.max(largest, Math.sqrt(Math.max(0, variance) / pairs));
		});
		return largest;
	});
}

/** Turns exact fractions into whole units that add up: largest remainder, ties by id. */
function settle(
	players: readonly string[],
	numerators: readonly Float64Array[],
	denominator: number,
	rows: number
): AttributionShare[][] {
	return Array.from({ length: rows }, (_, row) => {
		const exact = players.map((edit, player) => {
			const numerator = numerators[player]?.[row] ?? 0;
			const units = Math.floor(numerator / denominator);
			return { edit, units, remainder: numerator - units * denominator };
		});
		const total = Math.round(
			exact.reduce((sum, { units, remainder }) => sum + units * denominator + remainder, 0) /
				denominator
		);
		const rest = total - exact.reduce((sum, { units }) => sum + units, 0);
		const order = [...exact].sort(
			(a, b) => b.remainder - a.remainder || compareTexts(a.edit, b.edit)
		);
		const raised = new Set(order.slice(0, rest).map(({ edit }) => edit));
		return exact
			.map(({ edit, units }) => ({ edit, units: units + (raised.has(edit) ? 1 : 0) }))
			.filter(({ units }) => units !== 0)
			.sort((a, b) => Math.abs(b.units) - Math.abs(a.units) || compareTexts(a.edit, b.edit));
	});
}
