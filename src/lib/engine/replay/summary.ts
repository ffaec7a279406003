/** The figures of a replay: coverage, summary, migration, distribution, groups. */
import {
	bothScored,
	fromUnits,
	MOVE,
	unitsOf,
	type Movements,
	type Side
} from '../compare/movements.ts';
import { groupingPaths } from '../compare/segments.ts';
import { POWERS_OF_TEN } from '../logic/number.ts';
import { STATUS, statusOf, type ScoreColumns } from '../score/score-columns.ts';
import type { ScoreReason } from '../score/scorecard.ts';
import { compareTexts } from '../table/hash.ts';
import type { Table } from '../table/table.ts';
import type { ReplayCoverage, ReplayGroup, ReplayReport, ReplaySummary } from './report.ts';

/** Who was scored by the draft, and why the others were not. */
export function coverageOf(table: Table, columns: ScoreColumns): ReplayCoverage {
	const subjects = table.columns.get('employee.id');
	const people = new Set<number>();
	const counts = { scored: 0, incomplete: 0, uncovered: 0, error: 0 };
	const sets = new Map<number, number>();
	for (let row = 0; row < columns.rows; row++) {
		const status = columns.status[row] ?? STATUS.error;
		counts[statusOf(status)]++;
		if (status === STATUS.scored && subjects?.kind === 'text')
			people.add(subjects.codes[row] ?? -1);
		const reason = columns.reason[row] ?? 0;
		if (reason > 0) sets.set(reason, (sets.get(reason) ?? 0) + 1);
	}
	const reasons = new Map<string, { code: string; item: string | null; rows: number }>();
	for (const [set, rows] of sets)
		for (const reason of distinct(columns.reasonSets[set] ?? [])) {
			const entry = reasons.get(reason.key) ?? { code: reason.code, item: reason.item, rows: 0 };
			entry.rows += rows;
			reasons.set(reason.key, entry);
		}
	const { scored, ...notScored } = counts;
	return {
		rows: columns.rows,
		scored,
		scored_subjects: people.size,
		not_scored: notScored,
		reasons: [...reasons.values()].sort(
			(a, b) =>
				b.rows - a.rows || compareTexts(a.code, b.code) || compareTexts(a.item ?? '', b.item ?? '')
		)
	};
}

function distinct(
	reasons: readonly ScoreReason[]
): { key: string; code: string; item: string | null }[] {
	const found = new Map(
		reasons.map(({ code, item = null }) => [`${code} ${item ?? ''}`, { code, item }])
	);
	return [...found].map(([key, reason]) => ({ key, ...reason }));
}

/** Sums over the rows that both sides scored; without a baseline, over the draft's. */
export function summaryOf(draft: Side, baseline: Side | null, moves: Movements): ReplaySummary {
	const counts = { up: 0, down: 0, same: 0, gained: 0, lost: 0, gradeUp: 0, gradeDown: 0 };
	let before = 0;
	let after = 0;
	let rise = 0;
	let fall = 0;
	let rows = 0;
	for (let row = 0; row < moves.rows; row++) {
		const move = moves.move[row];
		if (move === MOVE.up) counts.up++;
		else if (move === MOVE.down) counts.down++;
		else if (move === MOVE.same) counts.same++;
		else if (move === MOVE.gained) counts.gained++;
		else if (move === MOVE.lost) counts.lost++;
		if (!counted(moves, baseline, row)) continue;
		rows++;
		after += unitsOf(draft.columns.score[row] ?? 0, moves.scale);
		if (!baseline) continue;
		before += unitsOf(baseline.columns.score[row] ?? 0, moves.scale);
		rise = Math.max(rise, moves.delta[row] ?? 0);
		fall = Math.min(fall, moves.delta[row] ?? 0);
		if ((moves.gradeMove[row] ?? 0) > 0) counts.gradeUp++;
		if ((moves.gradeMove[row] ?? 0) < 0) counts.gradeDown++;
	}
	const mean = (units: number): number | null =>
		rows === 0 ? null : units / (rows * moves.scale) + 0;
	const money = moneyOf(draft, baseline, moves);
	return {
		up: counts.up,
		down: counts.down,
		same: counts.same,
		newly_scored: counts.gained,
		no_longer_scored: counts.lost,
		mean_before: baseline ? mean(before) : null,
		mean_after: mean(after),
		mean_delta: baseline ? mean(after - before) : null,
		largest_rise: rise > 0 ? fromUnits(rise, moves.scale) : null,
		largest_fall: fall < 0 ? fromUnits(fall, moves.scale) : null,
		grade_up: counts.gradeUp,
		grade_down: counts.gradeDown,
		...money
	};
}

function counted(moves: Movements, baseline: Side | null, row: number): boolean {
	return baseline ? bothScored(moves, row) : moves.move[row] === MOVE.gained;
}

/** Money is summed in the finer minor unit of the two sides; null where a side does not pay. */
function moneyOf(
	draft: Side,
	baseline: Side | null,
	moves: Movements
): Pick<ReplaySummary, 'payout_before' | 'payout_after' | 'payout_delta'> {
	const paid = [draft, baseline].map((side) => side?.prepared.payout ?? null);
	const decimals = paid.flatMap((payout) => (payout ? [payout.decimals] : []));
	const scale = POWERS_OF_TEN[Math.max(0, ...decimals)] ?? 1;
	const total = (side: Side | null): number | null => {
		if (!side?.prepared.payout) return null;
		let units = 0;
		for (let row = 0; row < moves.rows; row++) {
			const payout = side.columns.payout[row] ?? NaN;
			if (counted(moves, baseline, row) && !Number.isNaN(payout)) units += unitsOf(payout, scale);
		}
		return units;
	};
	const after = total(draft);
	const before = total(baseline);
	const sameCurrency = paid[0]?.currency === paid[1]?.currency;
	const shown = (units: number | null): number | null =>
		units === null ? null : fromUnits(units, scale);
	return {
		payout_before: shown(before),
		payout_after: shown(after),
		payout_delta: after === null || before === null || !sameCurrency ? null : shown(after - before)
	};
}

/** Grades before (rows) against grades after (columns), of rows that both sides scored. */
export function migrationOf(moves: Movements): ReplayReport['grades'] {
	const size = moves.order.length + 1;
	const migration = Array.from({ length: size }, () => new Array<number>(size).fill(0));
	const place = (grade: number | undefined): number =>
		grade === undefined || grade < 0 ? size - 1 : grade;
	for (let row = 0; row < moves.rows; row++) {
		if (!bothScored(moves, row)) continue;
		const line = migration[place(moves.gradeBefore[row])];
		const column = place(moves.gradeAfter[row]);
		if (line) line[column] = (line[column] ?? 0) + 1;
	}
	return { order: moves.order, migration };
}

const BIN_WIDTHS = [5, 10, 20, 25, 50, 100, 250, 500, 1000] as const;
const MOST_BINS = 60;

/** Edges that cover the totals of both schemes and every score that occurred. */
function edgesFor(sides: readonly Side[]): number[] {
	let low = Math.min(...sides.map(({ prepared }) => prepared.total.min));
	let high = Math.max(...sides.map(({ prepared }) => prepared.total.max));
	for (const { columns } of sides)
		for (let row = 0; row < columns.rows; row++) {
			if (columns.status[row] !== STATUS.scored) continue;
			low = Math.min(low, columns.score[row] ?? low);
			high = Math.max(high, columns.score[row] ?? high);
		}
	let width: number = BIN_WIDTHS.find((known) => (high - low) / known <= MOST_BINS) ?? 0;
	if (width === 0) width = 10 ** Math.ceil(Math.log10((high - low) / MOST_BINS));
	const first = Math.floor(low / width);
	const last = Math.max(first + 1, Math.ceil(high / width));
	return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * width);
}

function histogram(side: Side | null, edges: readonly number[]): number[] {
	const bins = new Array<number>(edges.length - 1).fill(0);
	const first = edges[0] ?? 0;
	const width = (edges[1] ?? 1) - first;
	for (let row = 0; row < (side?.columns.rows ?? 0); row++) {
		if (side?.columns.status[row] !== STATUS.scored) continue;
		const score = side.columns.score[row] ?? 0;
		// The quotient finds the bin, the edges decide: division may round across an edge.
		let bin = Math.min(bins.length - 1, Math.max(0, Math.floor((score - first) / width)));
		if (score < (edges[bin] ?? -Infinity)) bin--;
		else if (bin < bins.length - 1 && score >= (edges[bin + 1] ?? Infinity)) bin++;
		bins[bin] = (bins[bin] ?? 0) + 1;
	}
	return bins;
}

/** Histogram of the scores of each side: bins are [edge, next edge), the last one closed. */
export function distributionOf(draft: Side, baseline: Side | null): ReplayReport['distribution'] {
	const edges = edgesFor(baseline ? [draft, baseline] : [draft]);
	return { edges, before: histogram(baseline, edges), after: histogram(draft, edges) };
}

/** Beyond this many values an attribute is no grouping (but units always are one). */
const MOST_GROUPS = 50;

/** Rows that both sides scored, by the unit and by other text attributes. */
export function groupsOf(table: Table, moves: Movements): ReplayGroup[] {
	return groupingPaths(table, MOST_GROUPS).flatMap((by) => {
		const column = table.columns.get(by);
		if (column?.kind !== 'text') return [];
		const groups = new Map<string, { rows: number; delta: number; up: number; down: number }>();
		for (let row = 0; row < moves.rows; row++) {
			if (!bothScored(moves, row)) continue;
			const value = column.dictionary[column.codes[row] ?? -1] ?? '';
			let group = groups.get(value);
			if (!group) groups.set(value, (group = { rows: 0, delta: 0, up: 0, down: 0 }));
			group.rows++;
			group.delta += moves.delta[row] ?? 0;
			if (moves.move[row] === MOVE.up) group.up++;
			if (moves.move[row] === MOVE.down) group.down++;
		}
		return [...groups]
			.sort(([a], [b]) => compareTexts(a, b))
			.map(([value, { rows, delta, up, down }]) => ({
				by,
				value,
				rows,
				mean_delta: delta / (rows * moves.scale) + 0,
				up,
				down
			}));
	});
}
