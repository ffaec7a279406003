/**
 * What a figure may be expected to lie between, from its own history: the median of earlier months,
 * give or take a multiple of their median absolute deviation, both unmoved by single outliers
 * (Hampel's identifier). Months are first divided by the season that everybody shares.
 */

/** Fewer earlier months say too little. */
export const FEWEST_MONTHS = 6;
/** Multiple of the deviation; 3 lets one in about 370 through where figures are normal. */
const WIDTH = 3;
/** Makes the median absolute deviation the standard deviation of a normal distribution. */
const TO_SIGMA = 1.4826;
/** A history without any spread still allows this share of its median. */
const LEAST_SPREAD = 0.05;
/** A season is only believed when it rests on so many ratios. */
const FEWEST_RATIOS = 10;

export interface Band {
	readonly low: number;
	readonly high: number;
	readonly median: number;
	readonly months: number;
}

export interface MonthValue {
	/** `yyyy-mm` */
	readonly month: string;
	readonly value: number;
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Calendar month (1 to 12) → how far it usually lies above or below the year, as a factor. */
export type Seasons = ReadonlyMap<number, number>;

const calendarMonth = (month: string): number => Number(month.slice(5, 7));

/** The season that many people share, from histories of a year or more; empty where there is none. */
export function seasonsOf(histories: Iterable<readonly MonthValue[]>): Seasons {
	const ratios = new Map<number, number[]>();
	for (const history of histories) {
		if (history.length < 12) continue;
		const middle = median(history.map(({ value }) => value));
		if (!(middle > 0)) continue;
		for (const { month, value } of history) {
			const list = ratios.get(calendarMonth(month));
			if (list) list.push(value / middle);
			else ratios.set(calendarMonth(month), [value / middle]);
		}
	}
	const seasons = new Map<number, number>();
	for (const [month, list] of ratios) {
		const factor = median(list);
		if (list.length >= FEWEST_RATIOS && factor > 0) seasons.set(month, factor);
	}
	return seasons;
}

/** The band of a month given the months before it; null where they say too little. */
export function bandOf(
	before: readonly MonthValue[],
	month: string,
	seasons: Seasons = new Map()
): Band | null {
	if (before.length < FEWEST_MONTHS) return null;
	const plain = before.map(({ month: at, value }) => value / (seasons.get(calendarMonth(at)) ?? 1));
	const middle = median(plain);
	const deviation = median(plain.map((value) => Math.abs(value - middle)));
	const isCount = before.every(({ value }) => Number.isInteger(value));
	const spread = Math.max(
		deviation * TO_SIGMA,
		Math.abs(middle) * LEAST_SPREAD,
		// Counts scatter by the root of their mean (Poisson), however alike they were so far.
		isCount ? Math.sqrt(Math.max(Math.abs(middle), 1)) : Number.EPSILON
	);
	const season = seasons.get(calendarMonth(month)) ?? 1;
	const low = (middle - WIDTH * spread) * season;
	return {
		// What was never below zero is not expected there.
		low: before.every(({ value }) => value >= 0) ? Math.max(0, low) : low,
		high: (middle + WIDTH * spread) * season,
		median: middle * season,
		months: before.length
	};
}
