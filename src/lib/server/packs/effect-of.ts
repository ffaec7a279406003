/** Counts what changes between two scorings of the same people. Pure. */
import type { ChoiceEffect } from './plan-upgrade.ts';

export interface ScoredRow {
	readonly employee: string;
	readonly score: number;
	readonly grade: string | null;
}

type Rows = ReadonlyMap<string, ScoredRow>;

/** A difference below this is what rounding leaves. */
const LEAST = 1e-9;

/** Compares pairs of scorings: before, after, and the grades, best first. */
export function effectOf(
	pairs: readonly (readonly [before: Rows, after: Rows, grades: readonly string[]])[]
): ChoiceEffect {
	const people = new Map<string, number>();
	let rows = 0;
	let sum = 0;
	let gradeUp = 0;
	let gradeDown = 0;
	for (const [before, after, grades] of pairs) {
		for (const [key, row] of after) {
			const old = before.get(key);
			if (!old) continue;
			const delta = row.score - old.score;
			rows += 1;
			sum += delta;
			people.set(row.employee, (people.get(row.employee) ?? 0) + delta);
			const step = rank(grades, old.grade) - rank(grades, row.grade);
			if (step > 0) gradeUp += 1;
			if (step < 0) gradeDown += 1;
		}
	}
	const deltas = [...people.values()];
	const rising = deltas.filter((delta) => delta > LEAST).length;
	const falling = deltas.filter((delta) => delta < -LEAST).length;
	return {
		rising,
		falling,
		same: deltas.length - rising - falling,
		gradeUp,
		gradeDown,
		meanDelta: rows === 0 ? null : Math.round((sum / rows) * 100) / 100
	};
}

/** 0 is best; no grade, or one that is gone, is behind all. */
function rank(grades: readonly string[], grade: string | null): number {
	const index = grade === null ? -1 : grades.indexOf(grade);
	return index < 0 ? grades.length : index;
}
