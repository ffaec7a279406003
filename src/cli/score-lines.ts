/** Scores as lines of CSV, in the columns that the command line promises. */
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { reasonCode } from '#lib/engine/score/reasons.ts';
import { statusOf, type ScoreColumns } from '#lib/engine/score/score-columns.ts';
import { textAt } from '#lib/engine/table/row.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { csvLine } from './outputs.ts';

/** Rows that are written at once. */
const CHUNK = 512;

/** The header and a line for each row of the table, in chunks. */
export function* scoreLines(
	scheme: SchemeDocument,
	table: Table,
	columns: ScoreColumns
): Generator<string> {
	const itemParts = scheme.items.flatMap(({ id }) =>
		['score', 'weight', 'points'].map((part) => `items.${id}.${part}`)
	);
	yield csvLine([
		'employee.id',
		'period.id',
		'status',
		'score',
		'grade',
		'payout',
		...itemParts,
		'reason'
	]);
	let chunk = '';
	for (let row = 0; row < table.rows; row++) {
		chunk += csvLine([
			textAt(table, 'employee.id', row) ?? '',
			textAt(table, 'period.id', row) ?? '',
			statusOf(columns.status[row] ?? -1),
			number(columns.score, row),
			scheme.grades[columns.grade[row] ?? -1]?.id ?? '',
			number(columns.payout, row),
			...columns.items.flatMap((item) => [
				number(item.score, row),
				number(item.weight, row),
				number(item.points, row)
			]),
			(columns.reasonSets[columns.reason[row] ?? 0] ?? []).map(reasonCode).join(' ')
		]);
		if ((row + 1) % CHUNK === 0) {
			yield chunk;
			chunk = '';
		}
	}
	if (chunk !== '') yield chunk;
}

/** As JavaScript prints it; missing is an empty cell. */
function number(values: Float64Array, row: number): string {
	const value = values[row] ?? NaN;
	return Number.isNaN(value) ? '' : String(value);
}
