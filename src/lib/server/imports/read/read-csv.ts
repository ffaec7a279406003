/**
 * Reads a CSV file into a header and rows that remember their line, dropping what is no data: title
 * lines, blank lines, repeated headers, subtotals. What was dropped is listed, never hidden.
 */
import { parse, CsvError } from 'csv-parse';
import { diagnose, type Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { importDiagnostics } from '../diagnostics.ts';
import { tidyCell } from './cells.ts';
import { decodeAs, decodeFile, type Encoding } from './decode.ts';
import { sniffDelimiter, type Delimiter } from './delimiter.ts';

export const MAX_FILE_BYTES = 20 * 1024 * 1024;
export const MAX_ROWS = 200_000;

/** Rows parsed between two turns of the event loop. */
const YIELD_EVERY = 2_000;
/** Among so many first lines the header is looked for. */
const HEADER_SEARCH = 20;

export interface ReadOptions {
	readonly encoding?: Encoding;
	readonly delimiter?: Delimiter;
	/** One-based line of the header, where the search got it wrong. */
	readonly headerLine?: number;
}

export interface FileRow {
	/** One-based line in the file. */
	readonly line: number;
	readonly cells: readonly string[];
}

export interface SkippedRow {
	readonly line: number;
	readonly reason: 'before_header' | 'blank' | 'repeated_header' | 'subtotal' | 'footer';
}

export interface FileReading {
	readonly encoding: Encoding;
	readonly delimiter: Delimiter;
	readonly headerLine: number;
	readonly header: readonly string[];
	readonly rows: readonly FileRow[];
	readonly skipped: readonly SkippedRow[];
}

export type ReadResult =
	| { readonly reading: FileReading; readonly diagnostics: readonly Diagnostic[] }
	| { readonly reading: null; readonly diagnostics: readonly Diagnostic[] };

/** Reads the file; without a usable header or with broken quoting there is no reading, only findings. */
export async function readCsv(bytes: Uint8Array, options: ReadOptions = {}): Promise<ReadResult> {
	if (bytes.length === 0) return refuse('import_file_empty');
	if (bytes.length > MAX_FILE_BYTES) {
		return refuse('import_file_too_large', { found: bytes.length, limit: MAX_FILE_BYTES });
	}
	if (isSpreadsheet(bytes)) return refuse('import_not_text');

	const decoded = decode(bytes, options.encoding);
	if (!decoded) {
		return refuse('import_encoding_unknown', {
			tried: options.encoding ?? 'UTF-8, UTF-16, GB18030'
		});
	}
	const delimiter = options.delimiter ?? sniffDelimiter(decoded.text);
	const records = await parseRecords(decoded.text, delimiter);
	if ('code' in records) {
		return {
			reading: null,
			diagnostics: [
				diagnose(
					importDiagnostics,
					'import_csv_broken',
					'',
					{ line: records.line },
					{ line: records.line }
				)
			]
		};
	}
	if (records.rows.length > MAX_ROWS) {
		return refuse('import_too_many_rows', { found: records.rows.length, limit: MAX_ROWS });
	}
	return withHeader(records.rows, { encoding: decoded.encoding, delimiter }, options.headerLine);
}

function refuse(
	code: keyof typeof importDiagnostics & string,
	details: Record<string, string | number> = {}
): ReadResult {
	return { reading: null, diagnostics: [diagnose(importDiagnostics, code, '', details)] };
}

function decode(
	bytes: Uint8Array,
	encoding: Encoding | undefined
): { text: string; encoding: Encoding } | null {
	if (!encoding) return decodeFile(bytes);
	const text = decodeAs(bytes, encoding);
	return text === null ? null : { text, encoding };
}

/** A workbook (a zip or the old binary form) saved or renamed as .csv. */
function isSpreadsheet(bytes: Uint8Array): boolean {
	const head = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return head === '504b0304' || head === 'd0cf11e0';
}

async function parseRecords(
	text: string,
	delimiter: Delimiter
): Promise<{ rows: FileRow[] } | { code: string; line: number }> {
	const parser = parse({
		delimiter,
		relax_column_count: true,
		skip_empty_lines: false,
		info: true,
		bom: true
	});
	const rows: FileRow[] = [];
	let line = 0;
	const feeding = feed(parser, text);
	try {
		for await (const item of parser as AsyncIterable<{
			record: string[];
			info: { lines: number };
		}>) {
			// `lines` counts up to the end of the record; a quoted cell may hold line breaks.
			rows.push({ line: line + 1, cells: item.record });
			line = item.info.lines;
			if (rows.length % YIELD_EVERY === 0) await new Promise((resolve) => setImmediate(resolve));
			if (rows.length > MAX_ROWS) break;
		}
		await feeding;
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		const found: unknown = Reflect.get(error, 'lines');
		return { code: error.code, line: typeof found === 'number' ? found : line + 1 };
	}
	return { rows };
}

/** Hands the text over in pieces, so that a file of megabytes does not hold the event loop. */
async function feed(parser: ReturnType<typeof parse>, text: string): Promise<void> {
	const piece = 256 * 1024;
	for (let at = 0; at < text.length && !parser.destroyed; at += piece) {
		const room = parser.write(text.slice(at, at + piece));
		if (!room)
			await new Promise<void>((resolve) => {
				parser.once('drain', resolve);
				parser.once('close', resolve);
			});
	}
	if (!parser.destroyed) parser.end();
}

const SUBTOTAL = /^(小计|合计|总计|累计|全年合计|sub-?total|(grand )?total)[:： ]*$/i;

function withHeader(
	all: readonly FileRow[],
	format: { encoding: Encoding; delimiter: Delimiter },
	wanted: number | undefined
): ReadResult {
	const at = wanted === undefined ? findHeader(all) : all.findIndex((row) => row.line === wanted);
	const found = all[at];
	if (!found || filled(found) < 1) return refuse('import_header_missing');
	const header = found.cells.map((cell) => cell.replace(/\ufeff/g, '').trim());
	const diagnostics: Diagnostic[] = [];
	for (const [i, name] of header.entries()) {
		if (name !== '' && header.indexOf(name) !== i) {
			diagnostics.push(
				diagnose(
					importDiagnostics,
					'import_header_duplicate',
					'',
					{ column: name },
					{ line: found.line }
				)
			);
		}
	}
	const rows: FileRow[] = [];
	const skipped: SkippedRow[] = all
		.slice(0, at)
		.map((row) => ({ line: row.line, reason: 'before_header' as const }));
	const headerKey = header.map(tidyCell).join('\u0001');
	for (const row of all.slice(at + 1)) {
		const reason = skipReason(row, header.length, headerKey);
		if (reason) skipped.push({ line: row.line, reason });
		else rows.push(row);
	}
	if (rows.length === 0) {
		diagnostics.push(diagnose(importDiagnostics, 'import_no_rows', '', { line: found.line }));
	}
	return {
		reading: { ...format, headerLine: found.line, header, rows, skipped },
		diagnostics
	};
}

function filled(row: FileRow): number {
	return row.cells.reduce((count, cell) => count + (cell.trim() === '' ? 0 : 1), 0);
}

/**
 * The header is the first row that is filled as widely as the data below it and holds words, not
 * figures. A title above a table fills one cell.
 */
function findHeader(rows: readonly FileRow[]): number {
	const sample = rows.slice(0, HEADER_SEARCH);
	const widest = Math.max(0, ...sample.map(filled));
	const candidate = sample.findIndex(
		(row) =>
			filled(row) >= Math.max(1, Math.ceil(widest * 0.6)) &&
			row.cells.every((cell) => !/^[\d.,%\s-]+$/.test(tidyCell(cell)) || tidyCell(cell) === '')
	);
	if (candidate >= 0) return candidate;
	// Headers such as `2013-01` are figures too: fall back to the first wide row.
	return sample.findIndex((row) => filled(row) >= Math.max(1, Math.ceil(widest * 0.6)));
}

function skipReason(row: FileRow, width: number, headerKey: string): SkippedRow['reason'] | null {
	const count = filled(row);
	if (count === 0) return 'blank';
	if (row.cells.slice(0, width).map(tidyCell).join('\u0001') === headerKey)
		return 'repeated_header';
	if (row.cells.some((cell) => SUBTOTAL.test(tidyCell(cell)))) return 'subtotal';
	// Notes below a table stand in a cell or two, each a label with its value, or one long sentence.
	// A short cell alone is a row that lost its figures, and must be told of.
	const notes = row.cells.filter((cell) => cell.trim() !== '');
	const isNote = notes.every((cell) => /[:：]/.test(cell) || cell.length > 20);
	if (isNote && width > 2 && count * 3 <= width) return 'footer';
	return null;
}
