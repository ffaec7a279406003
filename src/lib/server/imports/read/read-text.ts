/** From the bytes of a CSV, TSV or similar file to rows of cells, with what was detected and why. */
import { parse, CsvError } from 'csv-parse';
import { diagnose, type Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { importDiagnostics } from '../diagnostics.ts';
import { decodeAs, decodeFile, type Encoding } from './decode.ts';
import { sniffDelimiter, type Delimiter } from './delimiter.ts';
import {
	MAX_COLUMNS,
	MAX_LINES,
	MAX_ROWS,
	type Detection,
	type FileRow,
	type ReadOptions
} from './reading.ts';

/** Rows parsed between two turns of the event loop. */
const YIELD_EVERY = 2_000;

export interface TextTable {
	readonly encoding: Encoding;
	readonly delimiter: Delimiter;
	readonly rows: readonly FileRow[];
	readonly detections: readonly Detection[];
}

export type TextResult =
	| { readonly table: TextTable; readonly diagnostics: readonly Diagnostic[] }
	| { readonly table: null; readonly diagnostics: readonly Diagnostic[] };

/** Reads the text; where encoding or quoting are broken there is no table, only findings. */
export async function readText(bytes: Uint8Array, options: ReadOptions): Promise<TextResult> {
	const decoded = decode(bytes, options.encoding);
	if (!decoded) {
		return refused('import_encoding_unknown', {
			tried: options.encoding ?? 'UTF-8, UTF-16, GB18030'
		});
	}
	const sniffed = sniffDelimiter(decoded.text);
	const delimiter = options.delimiter ?? sniffed.delimiter;
	const records = await parseRecords(decoded.text, delimiter);
	if ('line' in records) {
		const { line } = records;
		return {
			table: null,
			diagnostics: [diagnose(importDiagnostics, 'import_csv_broken', '', { line }, { line })]
		};
	}
	if (records.rows.length > MAX_LINES) {
		return refused('import_too_many_rows', { found: records.rows.length, limit: MAX_ROWS });
	}
	if (records.rows.some(({ cells }) => cells.length > MAX_COLUMNS)) {
		return refused('import_too_many_columns', { limit: MAX_COLUMNS });
	}
	return {
		table: {
			encoding: decoded.encoding,
			delimiter,
			rows: records.rows,
			detections: [
				{
					what: 'encoding',
					value: decoded.encoding,
					confidence: options.encoding ? 1 : decoded.confidence,
					chosen: options.encoding !== undefined,
					reasons: [decoded.reason]
				},
				{
					what: 'delimiter',
					value: delimiter,
					confidence: options.delimiter ? 1 : sniffed.confidence,
					chosen: options.delimiter !== undefined,
					reasons: [
						{
							'zh-CN': `${sniffed.lines} 行按它分成同样多的列`,
							en: `${sniffed.lines} lines are divided into equally many cells by it`
						}
					]
				}
			]
		},
		diagnostics: []
	};
}

function refused(
	code: keyof typeof importDiagnostics & string,
	details: Record<string, string | number>
): TextResult {
	return { table: null, diagnostics: [diagnose(importDiagnostics, code, '', details)] };
}

function decode(bytes: Uint8Array, encoding: Encoding | undefined) {
	if (!encoding) return decodeFile(bytes);
	const text = decodeAs(bytes, encoding);
	const reason = { 'zh-CN': '由人指定', en: 'chosen by a person' };
	return text === null ? null : { text, encoding, confidence: 1, reason };
}

async function parseRecords(
	text: string,
	delimiter: Delimiter
): Promise<{ rows: FileRow[] } | { line: number }> {
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
			if (rows.length > MAX_LINES) break;
		}
		await feeding;
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		const found: unknown = Reflect.get(error, 'lines');
		return { line: typeof found === 'number' ? found : line + 1 };
	}
	return { rows };
}

/** Hands the text over in pieces, so that a file of megabytes does not hold the event loop. */
async function feed(parser: ReturnType<typeof parse>, text: string): Promise<void> {
	const piece = 256 * 1024;
	const closed = new Promise<void>((resolve) => parser.once('close', resolve));
	for (let at = 0; at < text.length && !parser.destroyed; at += piece) {
		if (parser.write(text.slice(at, at + piece))) continue;
		await Promise.race([new Promise<void>((resolve) => parser.once('drain', resolve)), closed]);
	}
	if (!parser.destroyed) parser.end();
}
