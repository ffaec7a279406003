/**
 * Where changes concentrate: “71 % of those who fall belong to one team, 3.4 times its share”.
 * Looks at single attributes, because a segment that needs three conditions to describe is noise.
 */
import type { Table } from '../table/table.ts';
import { compareTexts } from '../table/hash.ts';
import { bothScored, MOVE, type Movements } from './movements.ts';

export interface Segment {
	readonly by: string;
	readonly value: string;
	readonly direction: 'up' | 'down';
	/** Rows of the segment that both sides scored. */
	readonly rows: number;
	/** Those of them that moved in the direction. */
	readonly affected: number;
	/** Share of all that moved in the direction. */
	readonly share: number;
	/** How much larger that share is than the segment's share of all rows. */
	readonly lift: number;
}

/** Fewer people than this are an anecdote, and could be recognised. */
export const SMALLEST_SEGMENT = 5;
const LEAST_LIFT = 1.5;
const MOST_VALUES = 200;

const NOT_GROUPS: ReadonlySet<string> = new Set([
	'employee.id',
	'employee.name',
	'employee.hired_on',
	'employee.unit_path',
	'period.id'
]);

/** Text attributes by which people can sensibly be grouped, `employee.unit` first. */
export function groupingPaths(table: Table, mostValues = MOST_VALUES): string[] {
	const paths = [...table.columns]
		.filter(
			([path, column]) =>
				path.startsWith('employee.') &&
				!NOT_GROUPS.has(path) &&
				column.kind === 'text' &&
				column.dictionary.length >= 1 &&
				(path === 'employee.unit' || column.dictionary.length <= mostValues)
		)
		.map(([path]) => path)
		.sort(compareTexts);
	return paths.includes('employee.unit')
		? ['employee.unit', ...paths.filter((path) => path !== 'employee.unit')]
		: paths;
}

/** The segments in which rises and falls concentrate most, largest lift first. */
export function findSegments(table: Table, movements: Movements, most = 5): Segment[] {
	const found: Segment[] = [];
	let total = 0;
	const moved = { up: 0, down: 0 };
	for (let row = 0; row < movements.rows; row++) {
		if (!bothScored(movements, row)) continue;
		total++;
		if (movements.move[row] === MOVE.up) moved.up++;
		if (movements.move[row] === MOVE.down) moved.down++;
	}
	for (const by of groupingPaths(table)) {
		const column = table.columns.get(by);
		if (column?.kind !== 'text') continue;
		const rows = new Uint32Array(column.dictionary.length);
		const counts = { up: new Uint32Array(rows.length), down: new Uint32Array(rows.length) };
		for (let row = 0; row < movements.rows; row++) {
			const code = column.codes[row] ?? -1;
			if (code < 0 || !bothScored(movements, row)) continue;
			rows[code] = (rows[code] ?? 0) + 1;
			const move = movements.move[row];
			const count = move === MOVE.up ? counts.up : move === MOVE.down ? counts.down : null;
			if (count) count[code] = (count[code] ?? 0) + 1;
		}
		column.dictionary.forEach((value, code) => {
			for (const direction of ['up', 'down'] as const) {
				const affected = counts[direction][code] ?? 0;
				const size = rows[code] ?? 0;
				if (affected < SMALLEST_SEGMENT || size === total) continue;
				const share = affected / moved[direction];
				const lift = share / (size / total);
				if (lift >= LEAST_LIFT)
					found.push({ by, value, direction, rows: size, affected, share, lift });
			}
		});
	}
	return found
		.sort(
			(a, b) =>
				b.lift - a.lift ||
				b.affected - a.affected ||
				compareTexts(a.by, b.by) ||
				compareTexts(a.value, b.value) ||
				compareTexts(a.direction, b.direction)
		)
		.slice(0, most);
}
