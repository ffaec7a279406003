/** Grades as bands of one bar: best first in the document, worst first on the bar. */
import type { SchemeGrade, SchemeTotal } from '#lib/engine/scheme/document.ts';

export interface GradeBand {
	readonly index: number;
	readonly from: number;
	/** Where the next better band begins, or the highest score. */
	readonly to: number;
}

export function bandsOf(
	grades: readonly SchemeGrade[],
	{ max }: Required<SchemeTotal>
): readonly GradeBand[] {
	return grades
		.map(({ from }, index) => ({ index, from, to: grades[index - 1]?.from ?? max }))
		.reverse();
}

/** The smallest distance of two borders: one unit of the score’s last decimal. */
export function unitOfScore({ decimals }: Required<SchemeTotal>): number {
	return Number((10 ** -decimals).toFixed(decimals));
}

/**
 * A border moved to a wish: between its neighbours and within the total, so that bands never overlap
 * and leave no gap; on a whole unit of the score.
 */
export function clampBorder(
	grades: readonly SchemeGrade[],
	total: Required<SchemeTotal>,
	index: number,
	wish: number
): number {
	const unit = unitOfScore(total);
	const better = grades[index - 1]?.from;
	const worse = grades[index + 1]?.from;
	const highest = better === undefined ? total.max : better - unit;
	const lowest = worse === undefined ? total.min : worse + unit;
	const rounded = Math.round(wish / unit) * unit;
	return Number(Math.min(Math.max(rounded, lowest), highest).toFixed(total.decimals));
}

/** A place for one more grade below the others: half of what is left, or null where nothing is. */
export function roomBelow(
	grades: readonly SchemeGrade[],
	total: Required<SchemeTotal>
): number | null {
	const last = grades.at(-1);
	if (!last) return total.min;
	if (last.from <= total.min) return null;
	const wish = last.from - 10 >= total.min ? last.from - 10 : total.min;
	return Number(wish.toFixed(total.decimals));
}
