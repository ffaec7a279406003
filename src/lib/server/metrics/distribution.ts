/** Quantiles and bins of figures that belong to people. */

/** A figure and whose it is. */
export interface Standing {
	readonly value: number;
	readonly person: string;
}

export interface Bin {
	readonly from: number;
	readonly to: number;
	/** Null where fewer people stand than may be shown. */
	readonly count: number | null;
}

const BINS = 30;

/** The quantile of ascending values, between neighbours by share. */
export function quantile(ascending: readonly number[], share: number): number | null {
	const at = (ascending.length - 1) * share;
	const below = ascending[Math.floor(at)];
	const above = ascending[Math.ceil(at)];
	if (below === undefined || above === undefined) return null;
	return below + (above - below) * (at - Math.floor(at));
}

/** At most so many of ascending values, evenly picked, both ends among them. */
export function evenly(ascending: readonly number[], most: number): number[] {
	if (ascending.length <= most) return [...ascending];
	const step = (ascending.length - 1) / (most - 1);
	return Array.from({ length: most }, (_, index) => ascending[Math.round(index * step)] ?? 0);
}

/**
 * Bins of one round width over nearly all figures; the first and the last also count what lies
 * beyond, so that one strange figure does not flatten the rest.
 */
export function binsOf(ascending: readonly Standing[], smallestGroup: number): Bin[] {
	const values = ascending.map(({ value }) => value);
	const low = quantile(values, 0.005);
	const high = quantile(values, 0.995);
	if (low === null || high === null) return [];
	const width = roundWidth((high - low) / BINS || Math.abs(high) / 10 || 1);
	const first = Math.floor(low / width);
	const count = Math.floor(high / width) - first + 1;
	const counts = new Array<number>(count).fill(0);
	const people = counts.map(() => new Set<string>());
	for (const { value, person } of ascending) {
		const at = Math.max(0, Math.min(count - 1, Math.floor(value / width) - first));
		counts[at] = (counts[at] ?? 0) + 1;
		people[at]?.add(person);
	}
	return counts.map((figures, index) => ({
		from: tidy((first + index) * width),
		to: tidy((first + index + 1) * width),
		count: figures > 0 && (people[index]?.size ?? 0) < smallestGroup ? null : figures
	}));
}

/** 1, 2 or 5 times a power of ten, not below the wish. */
function roundWidth(wish: number): number {
	const power = 10 ** Math.floor(Math.log10(wish));
	const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= wish * 0.999) ?? 10;
	return tidy(factor * power);
}

function tidy(value: number): number {
	return Number(value.toPrecision(12));
}
