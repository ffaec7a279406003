/** Plain statistics on columns of equal length. */

export function mean(values: readonly number[]): number {
	return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Covariance of two columns, over their whole length. */
export function covariance(a: readonly number[], b: readonly number[]): number {
	const [meanA, meanB] = [mean(a), mean(b)];
	return mean(a.map((value, index) => (value - meanA) * ((b[index] ?? 0) - meanB)));
}

/** Pearson's correlation; null where a column does not vary. */
export function correlation(a: readonly number[], b: readonly number[]): number | null {
	const spread = Math.sqrt(covariance(a, a) * covariance(b, b));
	return spread > 0 ? covariance(a, b) / spread : null;
}

/** The middle value; null where there is none. */
export function median(values: readonly number[]): number | null {
	const sorted = values.toSorted((a, b) => a - b);
	const half = Math.floor(sorted.length / 2);
	const [low, high] = [sorted[sorted.length % 2 === 1 ? half : half - 1], sorted[half]];
	return low === undefined || high === undefined ? null : (low + high) / 2;
}
