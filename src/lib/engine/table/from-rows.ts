/**
 * A table from rows of text, as CSV gives them. Types come from the cells: boolean where all are
 * `true` or `false`, numeric where all are numbers, else text; empty cells are missing and decide
 * nothing. What does not fit is refused with its line.
 */
import { diagnose, hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearestWord } from '../scheme/nearest.ts';
import { parsePeriod } from '../scheme/period.ts';
import { withDerivedColumns } from './derive.ts';
import { tableDiagnostics } from './diagnostics.ts';
import {
	derivationOf,
	EMPLOYEE_ID,
	isNumericPath,
	isSuppliedPath,
	PERIOD_ID,
	TEXT_PATHS
} from './paths.ts';
import type { Column, Table } from './table.ts';

export interface TableReading {
	/** Null where an error refuses the table. */
	readonly table: Table | null;
	readonly diagnostics: readonly Diagnostic[];
}

export interface FromRowsOptions {
	/** First month of the fiscal year, 1 if left out. */
	readonly fiscalMonth?: number;
	/** Line of the first row, for messages; 2 where the header is line 1. */
	readonly firstLine?: number;
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Findings of one kind that are listed one by one; the rest is counted in the last of them. */
const LISTED = 20;

/** Reads a cell as a number; null where it is not one. `1e999` is not one either. */
export function readNumber(cell: string): number | null {
	if (!NUMBER.test(cell)) return null;
	const value = Number(cell);
	return Number.isFinite(value) ? value + 0 : null;
}

const NAMESPACES = ['employee.', 'period.id', 'metric.', 'target.', 'team.', 'param.'] as const;

function columnHint(name: string): { hint: string; hint_zh: string } {
	const prefix = /^[^.]*\.?/.exec(name)?.[0] ?? '';
	const near =
		name === prefix ? nearestWord(name, [EMPLOYEE_ID, PERIOD_ID]) : nearestWord(prefix, NAMESPACES);
	if (near === null) return { hint: '', hint_zh: '' };
	const whole = near.endsWith('.') ? near + name.slice(prefix.length) : near;
	return whole === name
		? { hint: '', hint_zh: '' }
		: { hint: `Did you mean “${whole}”? `, hint_zh: `是不是“${whole}”？` };
}

function readHeader(header: readonly string[], diagnostics: Diagnostic[]): (string | null)[] {
	const seen = new Set<string>();
	const paths = header.map((cell, index) => {
		const name = (index === 0 ? cell.replace(/^\uFEFF/, '') : cell).trim();
		const at = `/header/${index}`;
		const column = name.slice(0, 120);
		if (seen.has(name)) {
			diagnostics.push(diagnose(tableDiagnostics, 'column_duplicate', at, { column }, { line: 1 }));
			return null;
		}
		seen.add(name);
		if (derivationOf(name)) {
			diagnostics.push(diagnose(tableDiagnostics, 'column_derived', at, { column }, { line: 1 }));
			return null;
		}
		if (!isSuppliedPath(name)) {
			diagnostics.push(
				diagnose(
					tableDiagnostics,
					'column_unknown',
					at,
					{ column, ...columnHint(column) },
					{ line: 1 }
				)
			);
			return null;
		}
		return name;
	});
	for (const column of [EMPLOYEE_ID, PERIOD_ID])
		if (!seen.has(column))
			diagnostics.push(
				diagnose(tableDiagnostics, 'column_missing', '/header', { column }, { line: 1 })
			);
	return paths;
}

/** Lists the first findings of a code and says in the last one how many more there are. */
class Findings {
	readonly #found: Diagnostic[] = [];
	#count = 0;
	readonly #make: (
		details: FindingDetails,
		more: { count: string; count_zh: string }
	) => Diagnostic;
	#last: FindingDetails | null = null;

	constructor(
		make: (details: FindingDetails, more: { count: string; count_zh: string }) => Diagnostic
	) {
		this.#make = make;
	}

	add(details: FindingDetails): void {
		this.#count++;
		if (this.#count > LISTED) return;
		this.#last = details;
		this.#found.push(this.#make(details, { count: '', count_zh: '' }));
	}

	list(): readonly Diagnostic[] {
		const more = this.#count - LISTED;
		if (more <= 0 || !this.#last) return this.#found;
		return [
			...this.#found.slice(0, -1),
			this.#make(this.#last, {
				count: ` ${more} more rows have the same problem.`,
				count_zh: `还有 ${more} 行有同样的问题。`
			})
		];
	}
}

interface FindingDetails {
	readonly at: string;
	readonly line: number;
	readonly values: Readonly<Record<string, string | number>>;
}

function textColumn(cells: readonly string[]): Column {
	const codes = new Int32Array(cells.length);
	const dictionary: string[] = [];
	const known = new Map<string, number>();
	cells.forEach((cell, i) => {
		if (cell === '') {
			codes[i] = -1;
			return;
		}
		let code = known.get(cell);
		if (code === undefined) {
			code = dictionary.length;
			known.set(cell, code);
			dictionary.push(cell);
		}
		codes[i] = code;
	});
	return { kind: 'text', codes, dictionary };
}

function numberColumn(cells: readonly string[]): Column {
	return {
		kind: 'number',
		values: Float64Array.from(cells, (cell) => (cell === '' ? NaN : (readNumber(cell) ?? NaN)))
	};
}

function typedColumn(path: string, cells: readonly string[]): Column {
	if (TEXT_PATHS.has(path)) return textColumn(cells);
	if (isNumericPath(path)) return numberColumn(cells);
	const filled = cells.filter((cell) => cell !== '');
	if (filled.length === 0) return textColumn(cells);
	if (filled.every((cell) => cell === 'true' || cell === 'false'))
		return {
			kind: 'boolean',
			values: Uint8Array.from(cells, (cell) => (cell === '' ? 2 : cell === 'true' ? 1 : 0))
		};
	return filled.every((cell) => readNumber(cell) !== null)
		? numberColumn(cells)
		: textColumn(cells);
}

/** Types the rows of a table; derived columns are added to it. */
export function tableFromRows(
	header: readonly string[],
	rows: readonly (readonly string[])[],
	options: FromRowsOptions = {}
): TableReading {
	const diagnostics: Diagnostic[] = [];
	if (header.length === 0)
		return { table: null, diagnostics: [diagnose(tableDiagnostics, 'table_empty', '')] };
	const paths = readHeader(header, diagnostics);
	const firstLine = options.firstLine ?? 2;
	diagnostics.push(...checkRows(paths, rows, firstLine));
	if (hasErrors(diagnostics)) return { table: null, diagnostics };

	const columns = new Map<string, Column>();
	paths.forEach((path, index) => {
		if (path !== null)
			columns.set(
				path,
				typedColumn(
					path,
					rows.map((row) => row[index] ?? '')
				)
			);
	});
	const table: Table = {
		rows: rows.length,
		columns,
		...(options.fiscalMonth === undefined ? {} : { fiscalMonth: options.fiscalMonth })
	};
	return { table: withDerivedColumns(table), diagnostics };
}

function checkRows(
	paths: readonly (string | null)[],
	rows: readonly (readonly string[])[],
	firstLine: number
): Diagnostic[] {
	const findings = (code: keyof typeof tableDiagnostics): Findings =>
		new Findings(({ at, line, values }, more) =>
			diagnose(tableDiagnostics, code, at, { line, ...values, ...more }, { line })
		);
	const lengths = findings('row_length');
	const required = findings('cell_required');
	const periods = findings('period_unknown');
	const duplicates = findings('row_duplicate');
	const numbers = paths.map((path) =>
		path !== null && isNumericPath(path) ? findings('cell_not_numeric') : null
	);
	const employeeAt = paths.indexOf(EMPLOYEE_ID);
	const periodAt = paths.indexOf(PERIOD_ID);
	const knownPeriods = new Map<string, boolean>();
	const seen = new Map<string, number>();

	rows.forEach((row, i) => {
		const line = firstLine + i;
		const at = `/rows/${i}`;
		if (row.length !== paths.length)
			lengths.add({ at, line, values: { found: row.length, expected: paths.length } });
		numbers.forEach((found, column) => {
			const cell = row[column] ?? '';
			if (found && cell !== '' && readNumber(cell) === null)
				found.add({
					at: `${at}/${column}`,
					line,
					values: { column: paths[column] ?? '', found: cell.slice(0, 40) }
				});
		});
		const employee = row[employeeAt] ?? '';
		const period = row[periodAt] ?? '';
		if (employeeAt >= 0 && employee === '')
			required.add({ at: `${at}/${employeeAt}`, line, values: { column: EMPLOYEE_ID } });
		if (periodAt < 0) return;
		if (period === '') {
			required.add({ at: `${at}/${periodAt}`, line, values: { column: PERIOD_ID } });
			return;
		}
		let exists = knownPeriods.get(period);
		if (exists === undefined) {
			exists = parsePeriod(period) !== null;
			knownPeriods.set(period, exists);
		}
		if (!exists)
			periods.add({ at: `${at}/${periodAt}`, line, values: { found: period.slice(0, 40) } });
		if (employeeAt < 0 || employee === '') return;
		const key = `${employee}\n${period}`;
		const first = seen.get(key);
		if (first === undefined) seen.set(key, line);
		else duplicates.add({ at, line, values: { first, employee: employee.slice(0, 40), period } });
	});
	return [lengths, required, ...numbers, periods, duplicates].flatMap((found) =>
		found ? found.list() : []
	);
}
