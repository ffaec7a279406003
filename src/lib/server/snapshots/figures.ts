/** Observations and targets as facts: the newest not withdrawn of each subject, metric and period. */
import { and, gte, inArray, isNull, lte, sql, type SQL } from 'drizzle-orm';
import { bulkRead } from '../db/bulk.ts';
import { observations, targets } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { figureKey } from '../imports/check/figure-rows.ts';

export interface FigureRange {
	readonly metrics: readonly string[];
	/** Period ids compare as texts; a quarter sorts after the months of its year. */
	readonly from: string;
	readonly to: string;
	/** As known at this moment; everything known unless given. */
	readonly knownAt?: string | null;
}

export interface Figure {
	readonly subjectKind: 'employee' | 'unit';
	readonly subjectId: string;
	readonly metric: string;
	readonly period: string;
	readonly value: number | null;
}

const COLUMNS = ['subjectKind', 'subjectId', 'metric', 'period', 'value'] as const;

/** Calls `take` for every fact in the order of recording: a later one corrects an earlier one. */
export async function readFigures(
	queries: Queries,
	kind: 'observations' | 'targets',
	range: FigureRange,
	take: (figure: Figure) => void
): Promise<void> {
	if (range.metrics.length === 0) return;
	const table = kind === 'targets' ? targets : observations;
	const knownAt = range.knownAt ?? null;
	const held: SQL | undefined =
		knownAt === null
			? isNull(table.withdrawnAt)
			: and(
					lte(table.recordedAt, knownAt),
					sql`(${table.withdrawnAt} IS NULL OR ${table.withdrawnAt} > ${knownAt})`
				);
	const where = and(
		inArray(table.metric, [...range.metrics]),
		gte(table.period, range.from),
		lte(table.period, range.to),
		held
	);
	for await (const rows of bulkRead(queries, table, COLUMNS, where)) {
		for (const [subjectKind, subjectId, metric, period, value] of rows as readonly (readonly [
			'employee' | 'unit',
			string,
			string,
			string,
			number | null
		])[]) {
			take({ subjectKind, subjectId, metric, period, value });
		}
	}
}

/** The current value of every figure in a range, by `figureKey`. */
export async function currentFigures(
	queries: Queries,
	kind: 'observations' | 'targets',
	range: FigureRange
): Promise<Map<string, number | null>> {
	const current = new Map<string, number | null>();
	await readFigures(queries, kind, range, (figure) => current.set(figureKey(figure), figure.value));
	return current;
}
