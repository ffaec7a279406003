/**
 * Scores a whole table with the interpreter (or an injected evaluator): complete and slow. What the
 * compiled kernels give is compared with this, column by column.
 */
import type { Table } from '../table/table.ts';
import { withDerivedColumns } from '../table/derive.ts';
import { variablesOfRow } from '../table/row.ts';
import type { ScoringMemo } from './memo.ts';
import type { PreparedScheme } from './prepare.ts';
import { createScoreColumns, ReasonSets, STATUS, type ScoreColumns } from './score-columns.ts';
import { scoreRow, type ScoreRowOptions } from './score-row.ts';
import type { Scorecard } from './scorecard.ts';

export interface ScoreTableOptions extends Omit<ScoreRowOptions, 'fiscalMonth' | 'remember'> {
	/** Shared by several schemes that score this very table. */
	readonly memo?: ScoringMemo;
	/** Told now and then how many rows are done. */
	readonly onProgress?: (done: number, rows: number) => void;
	/** Asked now and then; true stops by throwing `Cancelled`. */
	readonly isCancelled?: () => boolean;
}

/** Thrown when a long run was asked to stop: not an error of the data. */
export class Cancelled extends Error {
	constructor() {
		super('The run was cancelled.');
		this.name = 'Cancelled';
	}
}

/** Rows between two reports of progress. */
export const PROGRESS_ROWS = 1024;

/** Calls back at intervals while a loop over rows runs. */
export function reportRow(row: number, rows: number, options: ScoreTableOptions): void {
	if (row % PROGRESS_ROWS !== 0) return;
	if (options.isCancelled?.()) throw new Cancelled();
	options.onProgress?.(row, rows);
}

/** Scores every row of a table. */
export function scoreTable(
	prepared: PreparedScheme,
	table: Table,
	options: ScoreTableOptions = {}
): ScoreColumns {
	const columns = createScoreColumns(
		table.rows,
		prepared.items.map((item) => item.id)
	);
	const source = withDerivedColumns(table, prepared.derivedPaths);
	const grades = new Map(prepared.grades.map((grade, index) => [grade.id, index]));
	const reasons = new ReasonSets();
	const { memo } = options;
	for (let row = 0; row < table.rows; row++) {
		reportRow(row, table.rows, options);
		const scorecard = scoreRow(prepared, variablesOfRow(source, row, prepared.paths), {
			...options,
			...(memo
				? { remember: (rule, metric, evaluate) => memo.value(rule, metric, row, evaluate) }
				: {})
		});
		writeRow(columns, row, scorecard, grades, reasons);
	}
	options.onProgress?.(table.rows, table.rows);
	return { ...columns, reasonSets: reasons.sets };
}

/** Writes one scorecard into the columns. */
export function writeRow(
	columns: ScoreColumns,
	row: number,
	scorecard: Scorecard,
	grades: ReadonlyMap<string, number>,
	reasons: ReasonSets
): void {
	columns.status[row] = STATUS[scorecard.status];
	columns.reason[row] = reasons.codeOf(scorecard.reasons);
	columns.base[row] = scorecard.base ?? NaN;
	columns.score[row] = scorecard.score ?? NaN;
	columns.grade[row] = scorecard.grade === null ? -1 : (grades.get(scorecard.grade) ?? -1);
	columns.payout[row] = scorecard.payout ?? NaN;
	columns.scaled[row] = scorecard.scaled ? 1 : 0;
	scorecard.items.forEach((item, index) => {
		const target = columns.items[index];
		if (!target) return;
		target.weight[row] = item.weight ?? NaN;
		target.score[row] = item.score ?? NaN;
		target.points[row] = item.points ?? NaN;
	});
}
