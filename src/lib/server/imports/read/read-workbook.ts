/**
 * Sheets of a workbook as text, cell by cell the way people see them. Formulas are never executed:
 * what the file holds as their last result counts, and where it holds none the cell is empty.
 */
import { readXlsx, type Cell, type CellValue, type MergeRange, type Sheet } from 'hucre/xlsx';
import { unpackWorkbook, ZipRefused } from './look-into-zip.ts';
import { MAX_COLUMNS, type FileRow, type RawSheet } from './reading.ts';

/** Up to so many rows every cell's own format is read; beyond, that of the first rows decides. */
const FORMATS_READ = 20_000;
const FORMAT_SAMPLE = 300;

export interface WorkbookOptions {
	/** A value merged over rows is given to each of them. @default true */
	readonly fillsMerges?: boolean;
}

/** Reads every sheet, hidden ones included: whether to use them is for a person to say. */
export async function readWorkbook(
	bytes: Uint8Array,
	{ fillsMerges = true }: WorkbookOptions = {}
): Promise<RawSheet[]> {
	const parts = await unpackWorkbook(bytes);
	let sheets: readonly Sheet[];
	let formats: readonly Sheet[];
	try {
		formats = (await readXlsx(parts, { readStyles: true, maxRows: FORMAT_SAMPLE })).sheets;
		sheets = (await readXlsx(parts)).sheets;
		if (sheets.every(({ rows }) => rows.length <= FORMATS_READ)) {
			formats = (await readXlsx(parts, { readStyles: true })).sheets;
		}
	} catch (error) {
		throw new ZipRefused('broken', error);
	}
	return sheets.map((sheet, at) => toRawSheet(sheet, formats[at], fillsMerges));
}

function toRawSheet(sheet: Sheet, formatted: Sheet | undefined, fillsMerges: boolean): RawSheet {
	const isWhole = (formatted?.rows.length ?? 0) >= sheet.rows.length;
	const byColumn = columnFormats(formatted);
	const formatOf = (row: number, column: number): string | undefined =>
		isWhole ? formatted?.cells?.get(`${row},${column}`)?.style?.numFmt : byColumn.get(column);
	let emptyFormulas = 0;
	for (const cell of sheet.cells?.values() ?? []) {
		if (cell.formula !== undefined && isEmptyFormula(cell)) emptyFormulas += 1;
	}
	const grid = sheet.rows.map((row, line) =>
		row.slice(0, MAX_COLUMNS).map((value, column) => cellText(value, formatOf(line, column)))
	);
	const filledMerges = fillsMerges ? fillMerges(grid, sheet.merges ?? []) : 0;
	return {
		name: sheet.name,
		hidden: sheet.hidden === true || sheet.veryHidden === true,
		rows: grid.map((cells, at): FileRow => ({ line: at + 1, cells })),
		hiddenColumns: (sheet.columns ?? []).flatMap((column, at) =>
			column.hidden === true ? [at] : []
		),
		emptyFormulas,
		filledMerges
	};
}

function isEmptyFormula(cell: Cell): boolean {
	return (
		(cell.formulaResult === null || cell.formulaResult === undefined) &&
		(cell.value === null || cell.value === undefined)
	);
}

/** The format that most of the sampled cells of a column have. */
function columnFormats(sheet: Sheet | undefined): Map<number, string> {
	const tallies = new Map<number, Map<string, number>>();
	for (const [place, cell] of sheet?.cells ?? []) {
		const format = cell.style?.numFmt;
		if (format === undefined || typeof cell.value !== 'number') continue;
		const column = Number(place.slice(place.indexOf(',') + 1));
		const tally = tallies.get(column) ?? new Map<string, number>();
		tally.set(format, (tally.get(format) ?? 0) + 1);
		tallies.set(column, tally);
	}
	return new Map(
		[...tallies].map(([column, tally]) => {
			const [first] = [...tally].sort((a, b) => b[1] - a[1]);
			return [column, first?.[0] ?? ''];
		})
	);
}

/** A value vertically merged over rows holds for each of them; one merged over columns does not. */
function fillMerges(grid: string[][], merges: readonly MergeRange[]): number {
	let filled = 0;
	for (const { startRow, startCol, endRow, endCol } of merges) {
		if (startCol !== endCol || endRow <= startRow) continue;
		const value = grid[startRow]?.[startCol] ?? '';
		if (value === '') continue;
		filled += 1;
		for (let row = startRow + 1; row <= Math.min(endRow, grid.length - 1); row += 1) {
			const cells = grid[row];
			if (!cells) continue;
			while (cells.length <= startCol) cells.push('');
			cells[startCol] = value;
		}
	}
	return filled;
}

/** A cell as text that reads back to the same value. */
export function cellText(value: CellValue, format?: string): string {
	if (value === null || value === undefined) return '';
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
	if (value instanceof Date) return dateText(value);
	if (!Number.isFinite(value)) return '';
	return numberText(value, format);
}

function dateText(value: Date): string {
	if (Number.isNaN(value.getTime())) return '';
	// Rounded to seconds: half a millisecond of a serial number is not data.
	const [day = '', time = ''] = new Date(Math.round(value.getTime() / 1000) * 1000)
		.toISOString()
		.slice(0, 19)
		.split('T');
	return time === '00:00:00' ? day : `${day} ${time}`;
}

/** Integers of 16 digits and more have lost some: shown as a spreadsheet does, so ids are refused. */
const EXACT_DIGITS = 1e15;

function numberText(value: number, format: string | undefined): string {
	if (Number.isInteger(value) && Math.abs(value) >= EXACT_DIGITS) return value.toExponential();
	const zeros = /^"?(0{2,})"?$/.exec(format ?? '')?.[1];
	if (zeros && Number.isInteger(value) && value >= 0) {
		return String(value).padStart(zeros.length, '0');
	}
	if (format !== undefined && /%/.test(format.replace(/"[^"]*"/g, ''))) {
		const percent = String(Number(`${value}e2`));
		// Only where nothing is lost on the way back.
		if (!/e/i.test(percent) && Number(`${percent}e-2`) === value) return `${percent}%`;
	}
	const currency = currencyOfFormat(format);
	return currency === null ? String(value) : `${currency} ${value}`;
}

/** `[$USD] #,##0`, `[$€-407] #,##0`: a currency that only the format tells. */
function currencyOfFormat(format: string | undefined): string | null {
	const mark = /\[\$([A-Z]{3}|[€£¥￥$])(?:-[0-9A-F]+)?\]/i.exec(format ?? '')?.[1];
	return mark === undefined ? null : mark.toUpperCase();
}
