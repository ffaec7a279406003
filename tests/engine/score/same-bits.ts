/** Compares the scorecards of two engines to the bit; says the first difference in words. */
import type { ScoreColumns } from '#lib/engine/score/score-columns.ts';
import { statusOf } from '#lib/engine/score/score-columns.ts';
import { reasonCode } from '#lib/engine/score/reasons.ts';

type Numbers = Float64Array | Int16Array | Uint8Array;

function firstDifference(a: Numbers, b: Numbers): number {
	if (a.length !== b.length) return 0;
	for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return i;
	return -1;
}

/** Null where both are the same in every column and row. */
export function differenceOf(a: ScoreColumns, b: ScoreColumns): string | null {
	if (a.rows !== b.rows) return `rows: ${a.rows} against ${b.rows}`;
	const pairs: [string, Numbers, Numbers][] = [
		['status', a.status, b.status],
		['base', a.base, b.base],
		['score', a.score, b.score],
		['grade', a.grade, b.grade],
		['payout', a.payout, b.payout],
		['scaled', a.scaled, b.scaled]
	];
	a.items.forEach((item, index) => {
		const other = b.items[index];
		for (const part of ['weight', 'score', 'points'] as const)
			pairs.push([`${item.id}.${part}`, item[part], other?.[part] ?? new Float64Array(0)]);
	});
	for (const [name, left, right] of pairs) {
		const row = firstDifference(left, right);
		if (row !== -1)
			return `${name}, row ${row} (${statusOf(a.status[row] ?? 3)}): ${left[row]} against ${right[row]}`;
	}
	const reasons = (columns: ScoreColumns, row: number): string =>
		(columns.reasonSets[columns.reason[row] ?? 0] ?? []).map(reasonCode).join(' ');
	for (let row = 0; row < a.rows; row++)
		if (reasons(a, row) !== reasons(b, row))
			return `reasons, row ${row}: “${reasons(a, row)}” against “${reasons(b, row)}”`;
	return null;
}
