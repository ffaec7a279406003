/** What a re-score says at once, and how it is read out of the tallies of a kernel. */
import type { TotalColumns } from '../compile/compile.ts';
import type { OutcomeCodes } from '../compile/scheme-graph.ts';
import { MOVE, MOVES } from './tallies.ts';

/** Rows by what became of them. */
export interface OutcomeCounts {
	/** Rows of each grade, in the order of the scheme. */
	readonly grades: readonly number[];
	readonly noGrade: number;
	readonly incomplete: number;
	readonly uncovered: number;
	readonly error: number;
}

export interface GroupResult {
	/** The text column that rows are grouped by. */
	readonly by: string;
	/** Null is the group of rows without a value. */
	readonly value: string | null;
	/** Rows that both sides scored. */
	readonly rows: number;
	readonly up: number;
	readonly down: number;
	/** Sums of scores over those rows, in units of the last decimal; null where only a full sum is exact. */
	readonly unitsBefore: number | null;
	readonly unitsAfter: number | null;
}

/** A comparison with the baseline. */
export interface Movement {
	/** Rows before (baseline), columns after, by outcome code. */
	readonly outcomes: readonly (readonly number[])[];
	readonly up: number;
	readonly down: number;
	readonly same: number;
	readonly groups: readonly GroupResult[];
}

export interface RescoreResult {
	readonly rows: number;
	readonly counts: OutcomeCounts;
	readonly outcomes: OutcomeCodes;
	readonly histogram: {
		readonly edges: readonly number[];
		readonly before: readonly number[] | null;
		readonly after: readonly number[];
	};
	/** Sum of all scores in units of the last decimal, of all payouts in minor units. */
	readonly scoreUnits: number;
	readonly payoutUnits: number;
	readonly movement: Movement | null;
	/** Views that the next update overwrites. */
	readonly totals: TotalColumns;
	/** Items whose rules were evaluated; the others came from kept columns. */
	readonly evaluated: readonly string[];
	/** The edit needed a new kernel; otherwise constants were written anew. */
	readonly isNewKernel: boolean;
	/** Rules that ran in the interpreter. */
	readonly interpreted: readonly { readonly at: string; readonly reason: string }[];
}

/** Counts by outcome code in words. */
export function outcomeCounts(sums: ArrayLike<number>, codes: OutcomeCodes): OutcomeCounts {
	const at = (code: number): number => sums[code] ?? 0;
	return {
		grades: Array.from({ length: codes.noGrade }, (_, code) => at(code)),
		noGrade: at(codes.noGrade),
		incomplete: at(codes.incomplete),
		uncovered: at(codes.uncovered),
		error: at(codes.error)
	};
}

/** A table of counts out of a flat tally; its first row stands for a missing baseline. */
export function matrixOf(sums: Float64Array, columns: number): number[][] {
	const rows: number[][] = [];
	for (let at = columns; at < sums.length; at += columns)
		rows.push([...sums.subarray(at, at + columns)]);
	return rows;
}

/** Adds up the columns of a matrix. */
export function columnSums(matrix: readonly (readonly number[])[], columns: number): number[] {
	return Array.from({ length: columns }, (_, column) =>
		matrix.reduce((sum, row) => sum + (row[column] ?? 0), 0)
	);
}

export interface GroupSums {
	readonly moves: Float64Array;
	readonly before: Float64Array | null;
	readonly after: Float64Array | null;
}

/** Groups with at least one row that both sides scored. */
export function groupResults(
	by: string,
	dictionary: readonly string[],
	{ moves, before, after }: GroupSums
): GroupResult[] {
	const results: GroupResult[] = [];
	for (let position = 0; position <= dictionary.length; position++) {
		const count = (move: number): number => moves[position * MOVES + move] ?? 0;
		const [up, down] = [count(MOVE.up), count(MOVE.down)];
		const rows = up + down + count(MOVE.same);
		if (rows === 0) continue;
		results.push({
			by,
			value: position === 0 ? null : (dictionary[position - 1] ?? null),
			rows,
			up,
			down,
			unitsBefore: before?.[position] ?? null,
			unitsAfter: after?.[position] ?? null
		});
	}
	return results;
}
