/** Scores the sides of a pack's conflicts, away from the main thread. */
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { textAt } from '#lib/engine/table/row.ts';
import { scorableTable, type Snapshot } from '#lib/engine/table/snapshot.ts';
import { serveThread } from '../jobs/thread.ts';
import { scorerFor } from '../replays/score-sides.ts';
import { effectOf, type ScoredRow } from './effect-of.ts';
import type { ConflictEffect } from './plan-upgrade.ts';

export interface EffectSide {
	readonly document: SchemeDocument;
	readonly snapshot: Snapshot;
	readonly paths: readonly string[];
}

/** One conflict and one scheme that it touches. */
export interface EffectCase {
	readonly conflict: string;
	readonly scheme: string;
	readonly before: EffectSide;
	readonly ours: EffectSide;
	readonly theirs: EffectSide;
}

export interface EffectsWork {
	readonly cases: readonly EffectCase[];
}

type Rows = ReadonlyMap<string, ScoredRow>;

/** Scorecards by person and period. Previews: weights that miss 100 are scaled, as in a replay. */
function scored({ document, snapshot, paths }: EffectSide): Rows {
	const table = scorableTable(snapshot, paths);
	const columns = scorerFor(table)(prepareScheme(document), table, { preview: true });
	const rows = new Map<string, ScoredRow>();
	for (let row = 0; row < table.rows; row++) {
		const employee = textAt(table, 'employee.id', row) ?? '';
		const period = textAt(table, 'period.id', row) ?? '';
		const score = columns.score[row] ?? NaN;
		const grade = document.grades[columns.grade[row] ?? -1]?.id ?? null;
		if (!Number.isNaN(score)) rows.set(`${period} ${employee}`, { employee, score, grade });
	}
	return rows;
}

serveThread<EffectsWork, ConflictEffect[]>(({ cases }, tools) => {
	// The sides of several conflicts share snapshots and documents; each pair is scored once.
	const known = new Map<Snapshot, Map<string, Rows>>();
	const rowsOf = (side: EffectSide): Rows => {
		const scorings = known.get(side.snapshot) ?? new Map<string, Rows>();
		known.set(side.snapshot, scorings);
		const key = JSON.stringify(side.document);
		const rows = scorings.get(key) ?? scored(side);
		scorings.set(key, rows);
		return rows;
	};
	const effects = new Map<string, ConflictEffect>();
	const conflicts = [...new Set(cases.map(({ conflict }) => conflict))];
	for (const [index, conflict] of conflicts.entries()) {
		tools.assertWanted();
		tools.progress(index / conflicts.length);
		const own = cases.filter((one) => one.conflict === conflict);
		const effect = (choice: 'ours' | 'theirs') =>
			effectOf(
				own.map((one) => [
					rowsOf(one.before),
					rowsOf(one[choice]),
					one[choice].document.grades.map(({ id }) => id)
				])
			);
		effects.set(conflict, {
			conflict,
			schemes: own.map(({ scheme }) => scheme),
			ours: effect('ours'),
			theirs: effect('theirs')
		});
	}
	return [...effects.values()];
});
