/**
 * Totals and tallies of an update in which some rows could not be scored by the kernel: those rows
 * are scored the plain way, then everything is counted again from the columns. Rare and slower.
 */
import type { TotalColumns } from '../compile/compile.ts';
import type { SourceColumns } from '../compile/facts.ts';
import type { OutcomeCodes } from '../compile/scheme-graph.ts';
import { POWERS_OF_TEN } from '../logic/number.ts';
import type { PreparedScheme } from '../score/prepare.ts';
import { scoreRow } from '../score/score-row.ts';
import { withDerivedColumns } from '../table/derive.ts';
import { variablesOfRow } from '../table/row.ts';
import type { Table } from '../table/table.ts';
import { keptName } from './columns.ts';
import { MOVE, MOVES, tallyName } from './tallies.ts';

export interface RecountOptions {
	readonly columns: SourceColumns;
	readonly preview: boolean;
	/** Rows that are scored the plain way. */
	readonly rows: ReadonlySet<number>;
	readonly outcomes: OutcomeCodes;
	readonly edges: readonly number[];
	readonly groups: readonly string[];
	/** Null without a baseline. */
	readonly baselineDecimals: number | null;
}

/** Corrects the totals of the given rows and counts all rows; tallies by name. */
export function recount(
	prepared: PreparedScheme,
	table: Table,
	totals: TotalColumns,
	options: RecountOptions
): Map<string, Float64Array> {
	scorePlainly(prepared, table, totals, options);
	const { columns, outcomes, edges, baselineDecimals } = options;
	const tallies = new Map<string, Float64Array>();
	const add = (name: string, size: number, index: number, value = 1): void => {
		let sums = tallies.get(name);
		if (!sums) tallies.set(name, (sums = new Float64Array(size)));
		sums[index] = (sums[index] ?? 0) + value;
	};
	const hasBaseline = baselineDecimals !== null;
	const positions = (name: string): Int32Array => {
		const target = new Int32Array(table.rows);
		columns.copyPositions(name, target);
		return target;
	};
	const groups = hasBaseline
		? options.groups.map((path) => ({
				path,
				codes: positions(path),
				size: (columns.dictionary(path)?.length ?? 0) + 1
			}))
		: [];
	const before = hasBaseline ? columns.finiteNumbers(keptName.baselineScore) : null;
	const outcomeBefore = hasBaseline ? positions(keptName.baselineOutcome) : null;
	const sizeBefore = (columns.dictionary(keptName.baselineOutcome)?.length ?? 0) + 1;
	const inner = edges.slice(1, -1);
	for (let row = 0; row < table.rows; row++) {
		const score = totals.score[row] ?? NaN;
		const outcome = totals.outcome[row] ?? outcomes.error;
		const bin = Number.isNaN(score) ? 0 : 1 + inner.filter((edge) => edge <= score).length;
		add(tallyName.histogram, inner.length + 2, bin);
		add(tallyName.scoreUnits, 1, 0, unitsOf(score, prepared.total.decimals));
		const payoutDecimals = prepared.payout?.decimals ?? 0;
		add(tallyName.payoutUnits, 1, 0, unitsOf(totals.payout[row] ?? NaN, payoutDecimals));
		add(tallyName.outcome, outcomes.count, outcome);
		if (!before || !outcomeBefore || baselineDecimals === null) continue;
		const old = before[row] ?? NaN;
		const count = outcomes.count;
		add(tallyName.migration, sizeBefore * count, (outcomeBefore[row] ?? 0) * count + outcome);
		const move =
			old < score ? MOVE.up : score < old ? MOVE.down : score === old ? MOVE.same : MOVE.none;
		add(tallyName.up, 1, 0, Number(move === MOVE.up));
		add(tallyName.down, 1, 0, Number(move === MOVE.down));
		for (const { path, codes, size } of groups) {
			const group = codes[row] ?? 0;
			add(tallyName.groupMoves(path), size * MOVES, group * MOVES + move);
			const both = move !== MOVE.none;
			add(tallyName.groupBefore(path), size, group, both ? unitsOf(old, baselineDecimals) : 0);
			add(
				tallyName.groupAfter(path),
				size,
				group,
				both ? unitsOf(score, prepared.total.decimals) : 0
			);
		}
	}
	return tallies;
}

function unitsOf(value: number, decimals: number): number {
	return Number.isNaN(value) ? 0 : Math.floor(value * (POWERS_OF_TEN[decimals] ?? 1) + 0.5);
}

/** Scores the given rows as the interpreter does, into the totals. */
export function scorePlainly(
	prepared: PreparedScheme,
	table: Table,
	totals: TotalColumns,
	{ rows, preview, outcomes }: Pick<RecountOptions, 'rows' | 'preview' | 'outcomes'>
): void {
	const source = withDerivedColumns(table, prepared.derivedPaths);
	const grades = new Map(prepared.grades.map((grade, index) => [grade.id, index]));
	const codes = { scored: outcomes.noGrade, ...outcomes };
	for (const row of rows) {
		const scorecard = scoreRow(prepared, variablesOfRow(source, row, prepared.paths), { preview });
		const grade = scorecard.grade === null ? undefined : grades.get(scorecard.grade);
		totals.outcome[row] = grade ?? codes[scorecard.status];
		totals.score[row] = scorecard.score ?? NaN;
		totals.payout[row] = scorecard.payout ?? NaN;
	}
}
