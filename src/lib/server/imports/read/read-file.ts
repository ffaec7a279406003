/**
 * Reads a file into one table: bytes to sheets, sheets to a header and rows, and the shape they
 * have. Everything that was detected is said with how sure it is; every choice of a person wins.
 */
import { diagnose, type Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { importDiagnostics } from '../diagnostics.ts';
import { tidyCell } from './cells.ts';
import { findShape } from './find-shape.ts';
import { findTable, type FoundTable } from './find-table.ts';
import { lookIntoZip, ZipRefused } from './look-into-zip.ts';
import { headerMonth } from './months.ts';
import { readText } from './read-text.ts';
import { readWorkbook } from './read-workbook.ts';
import {
	MAX_FILE_BYTES,
	MAX_FIGURES,
	MAX_ROWS,
	type Detection,
	type FileReading,
	type FileRow,
	type RawSheet,
	type ReadContext,
	type ReadOptions,
	type ReadResult,
	type SheetSummary,
	type SkippedRow
} from './reading.ts';

type Form = Pick<FileReading, 'format' | 'encoding' | 'delimiter'>;

/** Lines that the preview shows as they stand in the file. */
const FIRST_LINES = 20;
const LINES_NAMED = 20;

/** What keeps a file from being opened at all; cheap, and without unpacking anything. */
export async function refuseFile(bytes: Uint8Array): Promise<readonly Diagnostic[]> {
	if (bytes.length === 0) return [finding('import_file_empty')];
	if (bytes.length > MAX_FILE_BYTES) {
		return [finding('import_file_too_large', { found: bytes.length, limit: MAX_FILE_BYTES })];
	}
	if (kindOfFile(bytes) === 'old') return [finding('import_workbook_old')];
	if (kindOfFile(bytes) === 'text') return [];
	try {
		await lookIntoZip(bytes);
		return [];
	} catch (error) {
		return [zipFinding(error)];
	}
}

/** Reads the file; without a usable header there is no reading, only findings. */
export async function readFile(
	bytes: Uint8Array,
	options: ReadOptions = {},
	context: ReadContext = {}
): Promise<ReadResult> {
	const refused = await refuseFile(bytes);
	if (refused.length > 0) return { reading: null, diagnostics: refused };
	if (kindOfFile(bytes) === 'zip') return readSheets(bytes, options, context);
	const { table, diagnostics } = await readText(bytes, options);
	if (!table) return { reading: null, diagnostics };
	const { encoding, delimiter, rows, detections } = table;
	const sheet = {
		name: '',
		hidden: false,
		rows,
		hiddenColumns: [],
		emptyFormulas: 0,
		filledMerges: 0
	};
	return toReading([sheet], { format: 'csv', encoding, delimiter }, detections, options, context);
}

async function readSheets(
	bytes: Uint8Array,
	options: ReadOptions,
	context: ReadContext
): Promise<ReadResult> {
	try {
		const sheets = await readWorkbook(bytes);
		const form = { format: 'xlsx', encoding: null, delimiter: null } as const;
		return toReading(sheets, form, [], options, context);
	} catch (error) {
		return { reading: null, diagnostics: [zipFinding(error)] };
	}
}

function kindOfFile(bytes: Uint8Array): 'zip' | 'old' | 'text' {
	const head = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return head === '504b0304' ? 'zip' : head === 'd0cf11e0' ? 'old' : 'text';
}

function finding(
	code: keyof typeof importDiagnostics & string,
	details: Record<string, string | number> = {}
): Diagnostic {
	return diagnose(importDiagnostics, code, '', details);
}

const ZIP_CODES = {
	broken: 'import_workbook_broken',
	bomb: 'import_workbook_bomb',
	encrypted: 'import_workbook_encrypted',
	unsafe: 'import_workbook_broken',
	no_workbook: 'import_not_text'
} as const;

/** What a workbook that could not be unpacked is refused with. */
export function zipFinding(error: unknown): Diagnostic {
	if (!(error instanceof ZipRefused)) throw error;
	return finding(ZIP_CODES[error.fault]);
}

interface SheetTable {
	readonly sheet: RawSheet;
	readonly table: FoundTable;
}

function toReading(
	sheets: readonly RawSheet[],
	form: Form,
	detections: readonly Detection[],
	options: ReadOptions,
	context: ReadContext
): ReadResult {
	const tables = sheets.flatMap((sheet): SheetTable[] => {
		const table = findTable(sheet.rows, undefined);
		return table ? [{ sheet, table }] : [];
	});
	const picked = pickSheets(tables, options, sheets.length);
	const first = picked.chosen[0];
	const table = first && findTable(first.sheet.rows, options.headerLine);
	if (!first || !table) return { reading: null, diagnostics: [finding('import_header_missing')] };

	const titles = first.sheet.rows.filter(({ line }) => line < table.headerLine);
	const named = picked.chosen.filter(({ sheet }) => headerMonth(sheet.name, 2000)?.measure === '');
	const shape = findShape(table, {
		...(options.shape === undefined ? {} : { shape: options.shape }),
		...(options.year === undefined ? {} : { year: options.year }),
		...(context.fileName === undefined ? {} : { fileName: context.fileName }),
		titles,
		expectsFigures: context.expectsFigures ?? true,
		sheets: picked.chosen.length,
		monthSheets: named.length
	});
	const { summaries, rows, skippedRows, totals } = joinSheets(
		sheets,
		[{ ...first, table }, ...picked.chosen.slice(1)],
		shape.shape.kind === 'sheets' ? (name) => headerMonth(name, shape.year)?.period ?? name : null
	);
	const unfolded = rows.length * (shape.shape.kind === 'wide' ? shape.shape.months.length : 1);
	if (rows.length > MAX_ROWS || unfolded > MAX_FIGURES) {
		const limit = rows.length > MAX_ROWS ? MAX_ROWS : MAX_FIGURES;
		const refused = finding('import_too_many_rows', { found: unfolded, limit });
		return { reading: null, diagnostics: [refused] };
	}
	const diagnostics = notesOf(picked.chosen, table);
	if (rows.length === 0) diagnostics.push(finding('import_no_rows', { line: table.headerLine }));
	return {
		reading: {
			...form,
			sheets: summaries,
			headerLine: table.headerLine,
			fileHeader: table.header,
			...(table.units ? { units: table.units } : {}),
			...unitOfTitles(titles),
			header: shape.header,
			shape: shape.shape,
			year: shape.year,
			detections: [
				...detections,
				...(picked.detection ? [picked.detection] : []),
				table.detection,
				shape.detection,
				...(shape.yearDetection ? [shape.yearDetection] : [])
			],
			skipped: tally(skippedRows),
			setAside: skippedRows.length,
			skippedRows,
			totals,
			firstLines: first.sheet.rows.slice(0, FIRST_LINES).map(clipped),
			options,
			rows
		},
		diagnostics
	};
}

/** A line above a table often says what its amounts are in. */
function unitOfTitles(titles: readonly FileRow[]): { tableUnit?: string } {
	for (const { cells } of titles) {
		for (const cell of cells) {
			const told = /(?:单位|unit)\s*[:：]\s*([^\s)）,，;；]+)/i.exec(cell)?.[1];
			if (told !== undefined && told.length <= 12) return { tableUnit: told };
		}
	}
	return {};
}

/** Cells of the preview are cut: the point is what they look like, not what they hold. */
function clipped({ line, cells }: FileRow): FileRow {
	return { line, cells: cells.slice(0, 40).map((cell) => cell.slice(0, 80)) };
}

function pickSheets(
	tables: readonly SheetTable[],
	options: ReadOptions,
	all: number
): { readonly chosen: readonly SheetTable[]; readonly detection: Detection | null } {
	const names = options.sheets;
	if (names !== undefined) {
		const chosen = tables.filter(({ sheet }) => names.includes(sheet.name));
		return { chosen, detection: sheetsDetection(chosen, 1, true) };
	}
	const seen = tables.filter(({ sheet, table }) => !sheet.hidden && table.rows.length > 0);
	const [largest] = seen.toSorted((a, b) => b.table.rows.length - a.table.rows.length);
	if (!largest) {
		const [any] = tables.filter(({ sheet }) => !sheet.hidden);
		return { chosen: any ? [any] : [], detection: null };
	}
	const alike = seen.filter(({ table }) => sameColumns(table.header, largest.table.header));
	const chosen = alike.length > 1 && largest.table.header.length > 1 ? alike : [largest];
	if (all < 2) return { chosen, detection: null };
	const months = chosen.every(({ sheet }) => headerMonth(sheet.name, 2000) !== null);
	const confidence = chosen.length === 1 ? 0.9 : months ? 0.97 : 0.6;
	return { chosen, detection: sheetsDetection(chosen, confidence, false) };
}

function sameColumns(a: readonly string[], b: readonly string[]): boolean {
	const left = new Set(a.map(tidyCell));
	return a.length === b.length && b.every((name) => left.has(tidyCell(name)));
}

function sheetsDetection(
	chosen: readonly SheetTable[],
	confidence: number,
	byPerson: boolean
): Detection {
	const reason = byPerson
		? { 'zh-CN': '由人指定', en: 'chosen by a person' }
		: chosen.length > 1
			? { 'zh-CN': '这些工作表的列相同', en: 'these sheets have the same columns' }
			: { 'zh-CN': '这张工作表的数据最多', en: 'this sheet holds the most data' };
	return {
		what: 'sheets',
		value: chosen.map(({ sheet }) => sheet.name).join(', '),
		confidence,
		chosen: byPerson,
		reasons: [reason]
	};
}

/** Rows of the chosen sheets one after the other, their columns in the order of the first. */
function joinSheets(
	sheets: readonly RawSheet[],
	chosen: readonly SheetTable[],
	periodOf: ((sheetName: string) => string) | null
) {
	const rows: FileRow[] = [];
	const skippedRows: SkippedRow[] = [];
	const totals: FileRow[] = [];
	const offsets = new Map<string, number>();
	const width = chosen[0]?.table.header.length ?? 0;
	const order = chosen[0]?.table.header.map(tidyCell) ?? [];
	let after = 0;
	for (const { sheet, table } of chosen) {
		offsets.set(sheet.name, after);
		const own = table.header.map(tidyCell);
		const places = order.map((name, i) => (own[i] === name ? i : own.indexOf(name)));
		const inOrder = places.every((place, i) => place === i);
		const extra = periodOf ? [periodOf(sheet.name)] : [];
		for (const row of table.rows) {
			const cells = inOrder
				? row.cells.slice(0, width)
				: places.map((place) => row.cells[place] ?? '');
			while (extra.length > 0 && cells.length < width) cells.push('');
			rows.push({ line: after + row.line, cells: extra.length > 0 ? [...cells, ...extra] : cells });
		}
		for (const row of table.skipped) skippedRows.push({ ...row, line: after + row.line });
		for (const row of table.totals) totals.push({ ...row, line: after + row.line });
		after += sheet.rows.at(-1)?.line ?? 0;
	}
	const summaries = sheets.map(({ name, hidden, rows: own }): SheetSummary => ({
		name,
		hidden,
		rows: own.length,
		chosen: offsets.has(name),
		after: offsets.get(name) ?? 0
	}));
	return { summaries, rows, skippedRows, totals: totals.slice(0, 60) };
}

function tally(skipped: readonly SkippedRow[]): FileReading['skipped'] {
	const reasons = new Map<SkippedRow['reason'], number[]>();
	for (const { line, reason } of skipped) {
		const lines = reasons.get(reason);
		if (lines) lines.push(line);
		else reasons.set(reason, [line]);
	}
	return [...reasons].map(([reason, lines]) => ({
		reason,
		rows: lines.length,
		lines: lines.slice(0, LINES_NAMED)
	}));
}

/** What a person should know of the file although nothing of it refuses the import. */
function notesOf(chosen: readonly SheetTable[], table: FoundTable): Diagnostic[] {
	const notes = table.renamed.map((column) => finding('import_header_duplicate', { column }));
	for (const { sheet } of chosen) {
		const name = sheet.name;
		if (sheet.hidden) notes.push(finding('import_sheet_hidden', { sheet: name }));
		if (sheet.hiddenColumns.length > 0) {
			const columns = sheet.hiddenColumns.map((at) => table.header[at] ?? '').filter(Boolean);
			if (columns.length > 0) {
				notes.push(
					finding('import_columns_hidden', {
						sheet: name,
						columns: columns.slice(0, 20).join(', ')
					})
				);
			}
		}
		if (sheet.emptyFormulas > 0) {
			notes.push(finding('import_formulas_empty', { sheet: name, count: sheet.emptyFormulas }));
		}
		if (sheet.filledMerges > 0) {
			notes.push(finding('import_merges_filled', { sheet: name, count: sheet.filledMerges }));
		}
	}
	return notes;
}
