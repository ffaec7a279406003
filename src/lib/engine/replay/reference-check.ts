/**
 * The witness: a sample of rows is scored again by another evaluator (json-logic-js) and must agree
 * to the bit. The sample is spread evenly over the rows, so the same data gives the same sample.
 */
import type { Side } from '../compare/movements.ts';
import { reasonCode } from '../score/reasons.ts';
import { statusOf } from '../score/score-columns.ts';
import { scoreRow, type RuleEvaluator } from '../score/score-row.ts';
import { withDerivedColumns } from '../table/derive.ts';
import { variablesOfRow } from '../table/row.ts';
import type { Table } from '../table/table.ts';

export const SAMPLE_ROWS = 200;

/** Row numbers of an even sample. */
export function sampleRows(rows: number, most = SAMPLE_ROWS): number[] {
	const count = Math.min(rows, most);
	return Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
}

export interface ReferenceResult {
	readonly sampled: number;
	readonly mismatches: number;
}

/** Scores the sample with the evaluator and compares everything that the columns hold. */
export function checkByReference(
	side: Side,
	table: Table,
	evaluate: RuleEvaluator,
	options: { readonly preview: boolean; readonly rows?: number }
): ReferenceResult {
	const { prepared, columns } = side;
	const source = withDerivedColumns(table, prepared.derivedPaths);
	const rows = sampleRows(table.rows, options.rows);
	const mismatches = rows.filter((row) => {
		const variables = variablesOfRow(source, row, prepared.paths);
		const card = scoreRow(prepared, variables, { preview: options.preview, evaluate });
		const number = (value: number | null, column: Float64Array): boolean =>
			Object.is(value ?? NaN, column[row] ?? NaN);
		const reasons = columns.reasonSets[columns.reason[row] ?? 0] ?? [];
		const agrees =
			card.status === statusOf(columns.status[row] ?? 3) &&
			card.reasons.map(reasonCode).join() === reasons.map(reasonCode).join() &&
			number(card.base, columns.base) &&
			number(card.score, columns.score) &&
			number(card.payout, columns.payout) &&
			(card.grade ?? null) === (prepared.grades[columns.grade[row] ?? -1]?.id ?? null) &&
			card.items.every((item, index) => {
				const found = columns.items[index];
				return (
					found !== undefined &&
					number(item.weight, found.weight) &&
					number(item.score, found.score) &&
					number(item.points, found.points)
				);
			});
		return !agrees;
	}).length;
	return { sampled: rows.length, mismatches };
}
