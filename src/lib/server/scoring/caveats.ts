/** What a scorecard cannot know by itself: sources that differ, and data that came after it. */
import { monthsOf } from '#lib/contract/periods.ts';
import type { Queries } from '../db/database.ts';
import { loadDifferences } from '../facts/find-differences.ts';
import { loadLateFigures } from '../quality/find-late-figures.ts';

export interface Caveats {
	/** Metrics with two sources that differ: the score is provisional until somebody decides. */
	readonly provisional: readonly string[];
	/** Metrics with data that came, or was withdrawn, after the scoring. */
	readonly late: readonly string[];
}

/** The caveats of one person's scorecard, over the metrics its version reads. */
export async function loadCaveats(
	queries: Queries,
	card: { readonly runId: string; readonly employeeId: string; readonly period: string },
	metrics: readonly { readonly id: string }[],
	fiscalMonth: number
): Promise<Caveats> {
	const read = new Set(metrics.map(({ id }) => id));
	const periods = new Set([card.period, ...monthsOf(card.period, fiscalMonth)]);
	const subjectId = card.employeeId;
	const differences = await loadDifferences(queries, { subjectId });
	const late = await loadLateFigures(queries, { subjectId, runId: card.runId });
	const among = (found: readonly { readonly metric: string; readonly period: string }[]) => [
		...new Set(
			found
				.filter(({ metric, period }) => read.has(metric) && periods.has(period))
				.map(({ metric }) => metric)
		)
	];
	return { provisional: among(differences), late: among(late) };
}
