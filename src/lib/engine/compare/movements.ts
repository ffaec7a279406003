/**
 * Two scorings of the same rows, compared: who rises, who falls, by how much, from which grade to
 * which. Differences are integers in units of the last decimal, so sums do not depend on any order.
 */
import type { PreparedScheme } from '../score/prepare.ts';
import { STATUS, type ScoreColumns } from '../score/score-columns.ts';
import { POWERS_OF_TEN } from '../logic/number.ts';

export interface Side {
	readonly prepared: PreparedScheme;
	readonly columns: ScoreColumns;
}

/** What became of a row. */
export const MOVE = {
	/** Neither side scored it. */
	none: 0,
	up: 1,
	down: 2,
	same: 3,
	/** Only the draft scored it. */
	gained: 4,
	/** Only the baseline scored it. */
	lost: 5
} as const;

export interface Movements {
	readonly rows: number;
	/** Code of `MOVE`. */
	readonly move: Uint8Array;
	/** After − before in units of the last decimal; 0 unless both sides scored. */
	readonly delta: Float64Array;
	/** Units in one point: 100 where scores have two decimals. */
	readonly scale: number;
	/** Grades as indexes into `order`; -1 is no grade or no score. */
	readonly gradeBefore: Int16Array;
	readonly gradeAfter: Int16Array;
	/** Grades of the draft, then those only the baseline has. */
	readonly order: readonly string[];
	/** -1 the grade got worse, 1 better, 0 neither (or not both scored). */
	readonly gradeMove: Int8Array;
}

/** Whole units of a rounded number: 88.5 at two decimals is 8850. */
export function unitsOf(value: number, scale: number): number {
	return Math.round(value * scale);
}

/** Units back to the number that a person reads. */
export function fromUnits(units: number, scale: number): number {
	return units / scale + 0;
}

/** The finer of two scales: differences are stated in it. */
export function scaleOf(decimals: readonly number[]): number {
	return POWERS_OF_TEN[Math.max(...decimals)] ?? 1;
}

/** Grades of the draft, then those only the baseline has. */
export function gradeOrder(draft: PreparedScheme, baseline: PreparedScheme | null): string[] {
	const order = draft.grades.map((grade) => grade.id);
	for (const grade of baseline?.grades ?? []) if (!order.includes(grade.id)) order.push(grade.id);
	return order;
}

/**
 * Rank of each baseline grade among the draft's: its own place, or where a score at its lower end
 * would be graded now. A rank beyond the last grade is “no grade”.
 */
function baselineRanks(draft: PreparedScheme, baseline: PreparedScheme): number[] {
	return baseline.grades.map((grade) => {
		const own = draft.grades.findIndex((known) => known.id === grade.id);
		if (own !== -1) return own;
		const graded = draft.grades.findIndex((known) => known.from <= grade.from);
		return graded === -1 ? draft.grades.length : graded;
	});
}

/** Compares two sides row by row; without a baseline every scored row is `gained`. */
export function compareColumns(draft: Side, baseline: Side | null): Movements {
	const { rows } = draft.columns;
	const decimals = [draft.prepared.total.decimals];
	if (baseline) decimals.push(baseline.prepared.total.decimals);
	const scale = scaleOf(decimals);
	const order = gradeOrder(draft.prepared, baseline?.prepared ?? null);
	const place = new Map(order.map((id, index) => [id, index]));
	const baselinePlace = baseline?.prepared.grades.map((grade) => place.get(grade.id) ?? -1) ?? [];
	const ranks = baseline ? baselineRanks(draft.prepared, baseline.prepared) : [];
	const none = draft.prepared.grades.length;

	const move = new Uint8Array(rows);
	const delta = new Float64Array(rows);
	const gradeBefore = new Int16Array(rows).fill(-1);
	const gradeAfter = new Int16Array(rows).fill(-1);
	const gradeMove = new Int8Array(rows);
	for (let row = 0; row < rows; row++) {
		const after = draft.columns.status[row] === STATUS.scored;
		const before = baseline !== null && baseline.columns.status[row] === STATUS.scored;
		if (after) gradeAfter[row] = draft.columns.grade[row] ?? -1;
		if (before) gradeBefore[row] = baselinePlace[baseline.columns.grade[row] ?? -1] ?? -1;
		if (!after || !before) {
			move[row] = after ? MOVE.gained : before ? MOVE.lost : MOVE.none;
			continue;
		}
		const change =
			unitsOf(draft.columns.score[row] ?? 0, scale) -
			unitsOf(baseline.columns.score[row] ?? 0, scale);
		delta[row] = change;
		move[row] = change > 0 ? MOVE.up : change < 0 ? MOVE.down : MOVE.same;
		const old = ranks[baseline.columns.grade[row] ?? -1] ?? none;
		const now = draft.columns.grade[row] ?? -1;
		gradeMove[row] = Math.sign(old - (now === -1 ? none : now));
	}
	return { rows, move, delta, scale, gradeBefore, gradeAfter, order, gradeMove };
}

/** True where both sides scored the row. */
export function bothScored(movements: Movements, row: number): boolean {
	const move = movements.move[row];
	return move === MOVE.up || move === MOVE.down || move === MOVE.same;
}
