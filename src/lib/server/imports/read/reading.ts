/** What reading a file gives: a table, how it was found, and what was set aside. */
import type { Diagnostic, LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Delimiter } from './delimiter.ts';
import type { Encoding } from './decode.ts';

/** Caps of a file; the interface states them. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;
export const MAX_ROWS = 200_000;
/** Lines of a file: rows with titles, subtotals and blank lines between them. */
export const MAX_LINES = MAX_ROWS + 50_000;
/** Rows times months, where months are columns. */
export const MAX_FIGURES = 600_000;
export const MAX_COLUMNS = 500;

export const SHAPES = ['long', 'wide', 'sheets'] as const;
/**
 * `long`: a row is one subject and period. `wide`: months are columns. `sheets`: one sheet a month.
 */
export type ShapeKind = (typeof SHAPES)[number];

/** What a person chose where the detection got it wrong; absent is detected. */
export interface ReadOptions {
	readonly encoding?: Encoding;
	readonly delimiter?: Delimiter;
	/** One-based line of the header, of the first sheet that is read. */
	readonly headerLine?: number;
	/** Names of the sheets to read. */
	readonly sheets?: readonly string[];
	readonly shape?: ShapeKind;
	/** The year of months that are named without one. */
	readonly year?: number;
}

/** What the reader is told besides: figures may stand in months as columns, people never do. */
export interface ReadContext {
	readonly fileName?: string;
	readonly expectsFigures?: boolean;
}

export interface FileRow {
	/** One-based line; sheets are counted one after the other (see `placeOfLine`). */
	readonly line: number;
	readonly cells: readonly string[];
	/** The column the value came from, where months are columns. */
	readonly column?: string;
	/** What messages call the line, where its number alone does not say it: sheet, line, month. */
	readonly place?: string;
}

/** A sheet as text: a CSV file has one. */
export interface RawSheet {
	readonly name: string;
	readonly hidden: boolean;
	readonly rows: readonly FileRow[];
	readonly hiddenColumns: readonly number[];
	/** Formulas whose result the file does not hold; they are empty, nothing is computed. */
	readonly emptyFormulas: number;
	/** Merged cells whose value was given to every row of theirs. */
	readonly filledMerges: number;
}

export type SkipReason =
	'before_header' | 'units' | 'blank' | 'repeated_header' | 'subtotal' | 'total' | 'footer';

export interface SkippedRow {
	readonly line: number;
	readonly reason: SkipReason;
}

/** One finding about the file's form, with how sure it is and why. */
export interface Detection {
	readonly what: 'encoding' | 'delimiter' | 'sheets' | 'header' | 'shape' | 'year';
	readonly value: string;
	/** 0 to 1; 1 where a person chose it. */
	readonly confidence: number;
	readonly chosen: boolean;
	readonly reasons: readonly LocalText[];
}

/** A column that holds one month of a measure. */
export interface MonthColumn {
	readonly column: string;
	readonly at: number;
	readonly period: string;
	/** The words beside the month; `''` where the header is the month alone. */
	readonly measure: string;
}

export type TableShape =
	| { readonly kind: 'long' }
	| {
			readonly kind: 'wide';
			readonly months: readonly MonthColumn[];
			/** Names and places of the columns that stay as they are. */
			readonly kept: readonly { readonly column: string; readonly at: number }[];
			/** Columns that sum up months. */
			readonly totals: readonly string[];
	  }
	| { readonly kind: 'sheets' };

export interface SheetSummary {
	readonly name: string;
	readonly hidden: boolean;
	readonly rows: number;
	readonly chosen: boolean;
	/** Lines of this sheet begin after this one in the count over all chosen sheets. */
	readonly after: number;
}

/** What is kept of a reading beside its rows. */
export interface ReadingSummary {
	readonly format: 'csv' | 'xlsx';
	readonly encoding: Encoding | null;
	readonly delimiter: Delimiter | null;
	readonly sheets: readonly SheetSummary[];
	readonly headerLine: number;
	/** The header as it stands in the file. */
	readonly fileHeader: readonly string[];
	/** The row of units below the header; readings of earlier versions have none. */
	readonly units?: readonly string[];
	/** What a line above the table says of its amounts: `单位：万元`. */
	readonly tableUnit?: string;
	readonly shape: TableShape;
	readonly year: number | null;
	readonly detections: readonly Detection[];
	readonly skipped: readonly {
		readonly reason: SkipReason;
		readonly rows: number;
		/** The first of them. */
		readonly lines: readonly number[];
	}[];
	/** How many rows were set aside in all. */
	readonly setAside: number;
	/** The file's own totals, to compare sums with. */
	readonly totals: readonly FileRow[];
	/** The first lines exactly as they stand in the file. */
	readonly firstLines: readonly FileRow[];
	readonly options: ReadOptions;
}

export interface FileReading extends ReadingSummary {
	/** The columns of the table that is mapped: those of the file unless its shape is not long. */
	readonly header: readonly string[];
	/** Rows as they stand in the file; `tableRows` gives them the shape of `header`. */
	readonly rows: readonly FileRow[];
	readonly skippedRows: readonly SkippedRow[];
}

export type ReadResult =
	| { readonly reading: FileReading; readonly diagnostics: readonly Diagnostic[] }
	| { readonly reading: null; readonly diagnostics: readonly Diagnostic[] };

/** The sheet and the line in it, for messages; a file of one sheet needs no name. */
export function placeOfLine(
	reading: Pick<ReadingSummary, 'sheets'>,
	line: number
): { readonly sheet: string | null; readonly line: number } {
	const chosen = reading.sheets.filter((sheet) => sheet.chosen);
	if (chosen.length < 2) return { sheet: null, line };
	const sheet = chosen.findLast(({ after }) => after < line);
	return sheet ? { sheet: sheet.name, line: line - sheet.after } : { sheet: null, line };
}
