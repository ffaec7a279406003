/**
 * What history says about a target: the figures that stand beside the field in which a department
 * head proposes one. Pure; the caller brings the values in order of time.
 */
import { comparePeriods, parsePeriod, samePeriodLastYear } from '../scheme/period.ts';

/** One observed value of one period. Missing values are left out, never zero. */
export interface HistoryPoint {
	readonly period: string;
	readonly value: number;
}

export type Better = 'higher' | 'lower';

export interface TargetReferences {
	/** Periods with a value. */
	readonly count: number;
	readonly median: number | null;
	/** The value that the better quarter of periods reached (upper quartile; lower if lower is better). */
	readonly quartile: number | null;
	readonly best: HistoryPoint | null;
	readonly worst: HistoryPoint | null;
	readonly last: HistoryPoint | null;
	readonly mean: number | null;
	/** The same month, quarter or half a year before the period that is planned. */
	readonly lastYear: HistoryPoint | null;
}

/**
 * Quantile by linear interpolation between neighbours (type 7, as spreadsheets have it); null
 * without values.
 */
export function quantile(values: readonly number[], share: number): number | null {
	const sorted = [...values].filter(Number.isFinite).sort((a, b) => a - b);
	if (sorted.length === 0) return null;
	const at = (sorted.length - 1) * Math.min(1, Math.max(0, share));
	const low = Math.floor(at);
	const below = sorted[low] ?? 0;
	const above = sorted[low + 1] ?? below;
	return below + (at - low) * (above - below);
}

function inOrder(history: readonly HistoryPoint[]): HistoryPoint[] {
	return history
		.flatMap((point) => {
			const period = parsePeriod(point.period);
			return period && Number.isFinite(point.value) ? [{ point, period }] : [];
		})
		.sort((a, b) => comparePeriods(a.period, b.period))
		.map(({ point }) => point);
}

/** The references of one subject and metric for a period that is planned. */
export function targetReferences(
	history: readonly HistoryPoint[],
	options: { readonly period?: string; readonly better?: Better } = {}
): TargetReferences {
	const points = inOrder(history);
	const values = points.map((point) => point.value);
	const better = options.better ?? 'higher';
	const planned = options.period === undefined ? null : parsePeriod(options.period);
	const yearAgo = planned ? samePeriodLastYear(planned).id : null;
	return {
		count: points.length,
		median: quantile(values, 0.5),
		quartile: quantile(values, better === 'higher' ? 0.75 : 0.25),
		best: extreme(points, better === 'higher' ? 1 : -1),
		worst: extreme(points, better === 'higher' ? -1 : 1),
		last: points.at(-1) ?? null,
		mean:
			points.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / points.length,
		lastYear: points.find((point) => point.period === yearAgo) ?? null
	};
}

/** The highest (sign 1) or lowest point; of equals the latest, which people remember. */
function extreme(points: readonly HistoryPoint[], sign: 1 | -1): HistoryPoint | null {
	let found: HistoryPoint | null = null;
	for (const point of points)
		if (found === null || sign * (point.value - found.value) >= 0) found = point;
	return found;
}

/** How many of the values reached a target, and what share that is. The target itself is reached. */
export function shareReaching(
	values: readonly number[],
	target: number,
	better: Better = 'higher'
): { readonly reached: number; readonly count: number; readonly share: number | null } {
	const known = values.filter(Number.isFinite);
	const reached = known.filter((value) =>
		better === 'higher' ? value >= target : value <= target
	).length;
	return {
		reached,
		count: known.length,
		share: known.length === 0 ? null : reached / known.length
	};
}

/** A target from the better performers: their mean times a visible ratio (80 % of 25 visits is 20). */
export function suggestFromBest(
	values: readonly number[],
	options: { readonly top: number; readonly ratio: number; readonly better?: Better }
): number | null {
	const sign = (options.better ?? 'higher') === 'higher' ? -1 : 1;
	const best = values
		.filter(Number.isFinite)
		.sort((a, b) => sign * (a - b))
		.slice(0, Math.max(1, options.top));
	if (best.length === 0) return null;
	return (best.reduce((sum, value) => sum + value, 0) / best.length) * options.ratio;
}

/**
 * Splits a whole into parts by weights so that the rounded parts add up exactly: largest remainder,
 * ties to the earlier part. Null where no weight is above 0.
 */
export function splitTarget(
	whole: number,
	weights: readonly number[],
	decimals = 0
): number[] | null {
	const total = weights.reduce((sum, weight) => sum + Math.max(0, weight), 0);
	if (!(total > 0)) return null;
	const scale = 10 ** decimals;
	const units = Math.round(whole * scale);
	const exact = weights.map((weight) => (units * Math.max(0, weight)) / total);
	const parts = exact.map(Math.floor);
	const rest = units - parts.reduce((sum, part) => sum + part, 0);
	const order = exact
		.map((value, index) => ({ index, remainder: value - Math.floor(value) }))
		.sort((a, b) => b.remainder - a.remainder || a.index - b.index);
	for (const { index } of order.slice(0, rest)) parts[index] = (parts[index] ?? 0) + 1;
	return parts.map((part) => part / scale);
}
