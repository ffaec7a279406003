/** Result columns of a kernel as `ScoreColumns`: statuses, and the reasons of rows without a score. */
import type { PreparedScheme } from '../score/prepare.ts';
import {
	createScoreColumns,
	ReasonSets,
	STATUS,
	type ScoreColumns
} from '../score/score-columns.ts';
import { basisPoints } from '../scheme/validate.ts';
import { missingReason, scoreRow } from '../score/score-row.ts';
import type { ScoreReason } from '../score/scorecard.ts';
import { writeRow } from '../score/score-table.ts';
import { withDerivedColumns } from '../table/derive.ts';
import { variablesOfRow } from '../table/row.ts';
import type { Table } from '../table/table.ts';
import type { Backend } from './backend.ts';
import { outputName, readTotals } from './outputs.ts';
import type { SchemeNodes } from './scheme-graph.ts';

const HUNDRED_PERCENT = 10000;

export interface ReadOptions {
	readonly preview: boolean;
	/** Rows that are scored the plain way. */
	readonly troubled: ReadonlySet<number>;
}

/** Copies the results of a scorecard program out of a back end. */
export function readScoreColumns(
	prepared: PreparedScheme,
	table: Table,
	backend: Backend,
	nodes: SchemeNodes,
	options: ReadOptions
): ScoreColumns {
	const columns = createScoreColumns(
		table.rows,
		prepared.items.map((item) => item.id)
	);
	columns.score.set(backend.numbers(outputName.score));
	columns.base.set(backend.numbers(outputName.base));
	columns.payout.set(readTotals(backend, nodes).payout);
	columns.scaled.set(backend.bytes(outputName.scaled));
	for (const { id, weight, score, points } of columns.items) {
		weight.set(backend.numbers(outputName.itemWeight(id)));
		score.set(backend.numbers(outputName.itemScore(id)));
		points.set(backend.numbers(outputName.itemPoints(id)));
	}
	const { outcomes } = nodes;
	const outcome = backend.bytes(outputName.outcome);
	const badWeight = backend.bytes(outputName.badWeight);
	const reasons = new ReasonSets();
	const notCovered = [{ code: 'not_covered' }];
	for (let row = 0; row < table.rows; row++) {
		const code = outcome[row] ?? outcomes.error;
		if (code <= outcomes.noGrade) {
			columns.status[row] = STATUS.scored;
			if (code < outcomes.noGrade) columns.grade[row] = code;
		} else if (code === outcomes.uncovered) {
			columns.status[row] = STATUS.uncovered;
			columns.reason[row] = reasons.codeOf(notCovered);
		} else if (code === outcomes.incomplete) {
			columns.status[row] = STATUS.incomplete;
			columns.reason[row] = reasons.codeOf(missingReasons(prepared, table, columns, row));
		} else {
			columns.status[row] = STATUS.error;
			const found = badWeight[row]
				? badWeights(columns, row)
				: [
						{
							code: isOffHundred(prepared, columns, row, options) ? 'weights_not_100' : 'not_finite'
						}
					];
			columns.reason[row] = reasons.codeOf(found);
		}
	}
	scorePlainly(prepared, table, columns, reasons, options);
	return { ...columns, reasonSets: reasons.sets };
}

function missingReasons(
	prepared: PreparedScheme,
	table: Table,
	columns: ScoreColumns,
	row: number
): ScoreReason[] {
	const number = (path: string): number | null => {
		const column = table.columns.get(path);
		const value = column?.kind === 'number' ? (column.values[row] ?? NaN) : NaN;
		return Number.isFinite(value) ? value : null;
	};
	const reasons = prepared.items.flatMap((item, index) => {
		const result = columns.items[index];
		if (item.missing !== 'block' || !result) return [];
		if (result.weight[row] === 0 || !Number.isNaN(result.score[row])) return [];
		return [missingReason(item, number(item.actualPath), number(item.targetPath))];
	});
	return reasons.length > 0 ? reasons : [{ code: 'no_items' }];
}

function badWeights(columns: ScoreColumns, row: number): ScoreReason[] {
	return columns.items
		.filter(({ weight }) => !((weight[row] ?? NaN) >= 0))
		.map(({ id }) => ({ code: 'bad_weight', item: id }));
}

/** A row with an error and good weights failed either for their total or for a sum out of range. */
function isOffHundred(
	prepared: PreparedScheme,
	columns: ScoreColumns,
	row: number,
	{ preview }: ReadOptions
): boolean {
	if (preview || !prepared.percent) return false;
	const total = columns.items.reduce((sum, { weight }) => sum + basisPoints(weight[row] ?? 0), 0);
	return total !== HUNDRED_PERCENT;
}

/** Rows in which an interpreted rule failed. */
function scorePlainly(
	prepared: PreparedScheme,
	table: Table,
	columns: ScoreColumns,
	reasons: ReasonSets,
	{ preview, troubled }: ReadOptions
): void {
	if (troubled.size === 0) return;
	const source = withDerivedColumns(table, prepared.derivedPaths);
	const grades = new Map(prepared.grades.map((grade, index) => [grade.id, index]));
	for (const row of troubled) {
		for (const { weight, score, points } of columns.items)
			for (const column of [weight, score, points]) column[row] = NaN;
		const scorecard = scoreRow(prepared, variablesOfRow(source, row, prepared.paths), { preview });
		writeRow(columns, row, scorecard, grades, reasons);
	}
}
