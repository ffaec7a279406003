/** The people whose score changes most, and because of which edits. */
import {
	attributeRows,
	type EditGroupInfo,
	type SchemeAttribution
} from '../compare/attribute-schemes.ts';
import { bothScored, fromUnits, MOVE, type Movements, type Side } from '../compare/movements.ts';
import type { DiffOptions } from '../revise/diff.ts';
import type { SchemeDocument } from '../scheme/document.ts';
import { compareTexts } from '../table/hash.ts';
import { EMPLOYEE_ID, PERIOD_ID } from '../table/paths.ts';
import { textAt } from '../table/row.ts';
import { selectRows } from '../table/select-rows.ts';
import type { Table } from '../table/table.ts';
import type { ReplayMover, ReplayReport } from './report.ts';

export const MOVERS = 50;

/**
 * Row numbers of the largest changes, ties by employee, then period; rows that only one side scored
 * come last. Keeps the best so far instead of sorting: of a million rows fifty are wanted.
 */
export function largestMoves(table: Table, moves: Movements, most = MOVERS): Uint32Array {
	const size = (row: number): number => Math.abs(moves.delta[row] ?? 0);
	const text = (path: string, row: number): string => textAt(table, path, row) ?? '';
	const order = (a: number, b: number): number =>
		size(b) - size(a) ||
		compareTexts(text(EMPLOYEE_ID, a), text(EMPLOYEE_ID, b)) ||
		compareTexts(text(PERIOD_ID, a), text(PERIOD_ID, b));
	const best: number[] = [];
	for (let row = 0; row < moves.rows; row++) {
		const move = moves.move[row];
		if (move === MOVE.none || move === MOVE.same) continue;
		const last = best.at(-1);
		if (best.length >= most && last !== undefined && order(row, last) >= 0) continue;
		const after = best.findIndex((other) => order(row, other) < 0);
		best.splice(after === -1 ? best.length : after, 0, row);
		if (best.length > most) best.pop();
	}
	return Uint32Array.from(best);
}

export interface MoversInput {
	readonly table: Table;
	readonly draft: Side;
	readonly baseline: Side;
	readonly moves: Movements;
	readonly documents: { readonly draft: SchemeDocument; readonly baseline: SchemeDocument };
	readonly words?: DiffOptions;
	/** How many of the largest changes are listed and explained. */
	readonly most?: number;
	readonly isCancelled?: () => boolean;
	readonly onProgress?: (done: number, total: number) => void;
}

export interface Movers {
	readonly movers: readonly ReplayMover[];
	readonly groups: readonly EditGroupInfo[];
	readonly attribution: ReplayReport['attribution'];
}

/** The movers of a replay with a baseline. */
export function moversOf(input: MoversInput): Movers {
	const { table, draft, baseline, moves } = input;
	const rows = largestMoves(table, moves, input.most);
	const explained = rows.filter((row) => bothScored(moves, row));
	const attribution = attributeRows({
		draft: input.documents.draft,
		baseline: input.documents.baseline,
		table: selectRows(table, explained),
		...(input.words ? { words: input.words } : {}),
		...(input.isCancelled ? { isCancelled: input.isCancelled } : {}),
		...(input.onProgress ? { onProgress: input.onProgress } : {})
	});
	const place = new Map([...explained].map((row, index) => [row, index]));
	const grade = (codes: Int16Array, row: number): string | null =>
		moves.order[codes[row] ?? -1] ?? null;
	const score = (side: Side, row: number): number | null => {
		const value = side.columns.score[row] ?? NaN;
		return Number.isNaN(value) ? null : value;
	};
	const movers = [...rows].map((row): ReplayMover => {
		const index = place.get(row);
		const both = index !== undefined;
		return {
			employee: textAt(table, EMPLOYEE_ID, row) ?? '',
			period: textAt(table, PERIOD_ID, row) ?? '',
			before: score(baseline, row),
			after: score(draft, row),
			delta: both ? fromUnits(moves.delta[row] ?? 0, moves.scale) : null,
			grade_before: grade(moves.gradeBefore, row),
			grade_after: grade(moves.gradeAfter, row),
			...(both ? { because: becauseOf(attribution, index) } : {})
		};
	});
	return {
		movers,
		groups: attribution.groups,
		attribution: {
			method: attribution.method,
			permutations: attribution.permutations,
			error: attribution.error / attribution.scale
		}
	};
}

function becauseOf(
	attribution: SchemeAttribution,
	index: number
): readonly { edit: string; points: number }[] {
	return (attribution.rows[index] ?? []).map(({ edit, units }) => ({
		edit,
		points: fromUnits(units, attribution.scale)
	}));
}
