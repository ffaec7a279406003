/**
 * Hash of a table: which facts it holds, whatever the order of rows or columns, the numbering of
 * texts, or which derived columns were added.
 *
 * Rows are unique by employee and period, so sorting by these two gives every table one order. Each
 * column is hashed in that order; the hash of the table covers the columns by name.
 */
import { createHasher, sha256Hex } from '../hash.ts';
import { derivationOf, EMPLOYEE_ID, PERIOD_ID } from './paths.ts';
import type { Column, Table } from './table.ts';

/** Position of each text of a dictionary in sorted order; a missing text is below all. */
function ranksOf(dictionary: readonly string[]): Int32Array {
	const order = dictionary.map((_, code) => code);
	order.sort((a, b) => compareTexts(dictionary[a] ?? '', dictionary[b] ?? ''));
	const ranks = new Int32Array(dictionary.length);
	order.forEach((code, rank) => (ranks[code] = rank));
	return ranks;
}

/** By UTF-16 code units: never by locale, which differs between machines. */
export function compareTexts(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** Row numbers in the order of employee, then period (as texts). */
export function sortedRows(table: Table): Uint32Array {
	const employees = table.columns.get(EMPLOYEE_ID);
	const periods = table.columns.get(PERIOD_ID);
	const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
	if (employees?.kind !== 'text' || periods?.kind !== 'text') return rows;
	const employeeRanks = ranksOf(employees.dictionary);
	const periodRanks = ranksOf(periods.dictionary);
	const width = periods.dictionary.length + 1;
	// One number holds employee, period and row, so the native numeric sort does all the work; with
	// more than 2^53 combinations it would no longer be exact and the slower comparison is used.
	if ((employees.dictionary.length + 1) * width * Math.max(1, table.rows) < 2 ** 53) {
		const keys = new Float64Array(table.rows);
		for (let row = 0; row < keys.length; row++) {
			const employee = (employeeRanks[employees.codes[row] ?? -1] ?? -1) + 1;
			const period = (periodRanks[periods.codes[row] ?? -1] ?? -1) + 1;
			keys[row] = (employee * width + period) * table.rows + row;
		}
		keys.sort();
		for (let i = 0; i < keys.length; i++) rows[i] = (keys[i] ?? 0) % table.rows;
		return rows;
	}
	return rows.sort(
		(a, b) =>
			(employeeRanks[employees.codes[a] ?? -1] ?? -1) -
				(employeeRanks[employees.codes[b] ?? -1] ?? -1) ||
			(periodRanks[periods.codes[a] ?? -1] ?? -1) - (periodRanks[periods.codes[b] ?? -1] ?? -1) ||
			a - b
	);
}

/** One bit pattern for NaN, and 0 for −0: equal facts must give equal bytes. */
function sortedNumbers(values: Float64Array, rows: Uint32Array): Float64Array {
	const sorted = new Float64Array(rows.length);
	for (let i = 0; i < rows.length; i++) {
		const value = values[rows[i] ?? 0] ?? NaN;
		sorted[i] = Number.isNaN(value) ? NaN : value + 0;
	}
	return sorted;
}

/** Only texts that occur are hashed, numbered in sorted order. */
function sortedTexts(
	column: Extract<Column, { kind: 'text' }>,
	rows: Uint32Array
): { codes: Int32Array; dictionary: string[] } {
	const used = new Uint8Array(column.dictionary.length);
	for (const row of rows) {
		const code = column.codes[row] ?? -1;
		if (code >= 0) used[code] = 1;
	}
	const ranks = new Map<string, number>();
	const dictionary = [...new Set(column.dictionary.filter((_, code) => used[code] === 1))].sort(
		compareTexts
	);
	dictionary.forEach((text, rank) => ranks.set(text, rank));
	const byCode = Int32Array.from(column.dictionary, (text) => ranks.get(text) ?? -1);
	const codes = new Int32Array(rows.length);
	for (let i = 0; i < rows.length; i++) codes[i] = byCode[column.codes[rows[i] ?? 0] ?? -1] ?? -1;
	return { codes, dictionary };
}

function bytesOf(values: Float64Array | Int32Array | Uint8Array): Uint8Array {
	return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function columnHash(column: Column, rows: Uint32Array): string {
	switch (column.kind) {
		case 'number':
			return sha256Hex(bytesOf(sortedNumbers(column.values, rows)));
		case 'boolean':
			return sha256Hex(Uint8Array.from(rows, (row) => column.values[row] ?? 2));
		case 'text': {
			const { codes, dictionary } = sortedTexts(column, rows);
			return createHasher().update(JSON.stringify(dictionary)).update(bytesOf(codes)).hex();
		}
	}
}

/** Hash of the facts of a table. Derived columns follow from others and are left out. */
export function tableHash(table: Table): string {
	const rows = sortedRows(table);
	const paths = [...table.columns.keys()].filter((path) => derivationOf(path) === null);
	const hasher = createHasher().update(`quanheng.table/1\n${table.rows}\n`);
	for (const path of paths.sort(compareTexts)) {
		const column = table.columns.get(path);
		if (column) hasher.update(`${path}\t${column.kind}\t${columnHash(column, rows)}\n`);
	}
	return hasher.hex();
}
