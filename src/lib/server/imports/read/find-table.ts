/**
 * Finds the table on a sheet: which row is the header, and what among the rows is no data — titles,
 * blank lines, repeated headers, subtotals, totals, notes. What is set aside is listed, never hidden.
 */
import { isMissing, readNumber, readPeriod, tidyCell } from './cells.ts';
import { unitOfWord } from '../unit-words.ts';
import { monthWord } from './months.ts';
import type { Detection, FileRow, SkippedRow, SkipReason } from './reading.ts';

/** Among so many first lines the header is looked for. */
const HEADER_SEARCH = 30;

export interface FoundTable {
	readonly headerLine: number;
	readonly header: readonly string[];
	/** Columns that were renamed because two had one name. */
	readonly renamed: readonly string[];
	readonly rows: readonly FileRow[];
	readonly skipped: readonly SkippedRow[];
	readonly totals: readonly FileRow[];
	/** The row below the header that names units and nothing else. */
	readonly units: readonly string[] | null;
	readonly detection: Detection;
}

/** The table of a sheet; null where no row could be a header. */
export function findTable(all: readonly FileRow[], wanted?: number): FoundTable | null {
	const at = wanted === undefined ? findHeader(all) : all.findIndex((row) => row.line === wanted);
	const found = all[at];
	if (!found || filled(found) < 1) return null;
	const { header, renamed } = nameColumns(all, at);
	const rows: FileRow[] = [];
	const totals: FileRow[] = [];
	const skipped: SkippedRow[] = all
		.slice(0, at)
		.map((row) => ({ line: row.line, reason: 'before_header' as const }));
	const headerKey = found.cells.slice(0, header.length).map(tidyCell).join('\u0001');
	const below = all[at + 1];
	const units = below && isUnits(below) ? below : null;
	for (const row of all.slice(at + 1)) {
		const reason = row === units ? 'units' : skipReason(row, header.length, headerKey);
		if (reason) skipped.push({ line: row.line, reason });
		else rows.push(row);
		if (reason === 'total') totals.push(row);
	}
	return {
		headerLine: found.line,
		header,
		renamed,
		rows,
		skipped,
		totals,
		units: units && units.cells.slice(0, header.length).map((cell) => cell.trim()),
		detection: headerDetection(all, at, wanted !== undefined)
	};
}

function filled(row: FileRow): number {
	let count = 0;
	for (const cell of row.cells) if (cell.trim() !== '') count += 1;
	return count;
}

/**
 * The header is the first row that is filled as widely as the data below it and holds words or
 * months, not figures. A title above a table fills one cell.
 */
function findHeader(rows: readonly FileRow[]): number {
	const sample = rows.slice(0, HEADER_SEARCH);
	const widest = Math.max(0, ...sample.map(filled));
	const isWide = (row: FileRow) => filled(row) >= Math.max(1, Math.ceil(widest * 0.6));
	const candidate = sample.findIndex((row) => isWide(row) && row.cells.every(isWord));
	return candidate >= 0 ? candidate : sample.findIndex(isWide);
}

function isWord(cell: string): boolean {
	const tidy = tidyCell(cell);
	if (!/^[\d.,%\s/-]+$/.test(tidy) || tidy === '') return true;
	return /^(?:19|20)\d{2}[-/.]?\d{0,2}/.test(tidy) && 'value' in readPeriod(tidy);
}

function headerDetection(all: readonly FileRow[], at: number, chosen: boolean): Detection {
	const line = all[at]?.line ?? 0;
	if (chosen) {
		return {
			what: 'header',
			value: String(line),
			confidence: 1,
			chosen,
			reasons: [{ 'zh-CN': '由人指定', en: 'chosen by a person' }]
		};
	}
	const words = (all[at]?.cells ?? []).every(isWord);
	const below = all.slice(at + 1, at + 8);
	const hasFigures = below.some((row) =>
		row.cells.some((cell) => !isMissing(cell) && 'value' in readNumber(cell))
	);
	const reasons = [
		words
			? { 'zh-CN': `第 ${line} 行全是文字`, en: `line ${line} holds words only` }
			: { 'zh-CN': `第 ${line} 行是最先填满的一行`, en: `line ${line} is the first full one` },
		...(hasFigures ? [{ 'zh-CN': '下面的行有数字', en: 'there are figures below it' }] : []),
		...(at > 0 ? [{ 'zh-CN': `上方 ${at} 行较窄`, en: `the ${at} lines above are narrower` }] : [])
	];
	const confidence = (words ? 0.8 : 0.4) + (hasFigures ? 0.15 : 0) + (at === 0 ? 0.04 : 0);
	return { what: 'header', value: String(line), confidence, chosen, reasons };
}

/**
 * Names of the columns. Under a header of two levels equal names get the word above them; what is
 * still equal gets a number, and a column without a name its place. Empty columns at the end go.
 */
function nameColumns(all: readonly FileRow[], at: number): { header: string[]; renamed: string[] } {
	const row = all[at];
	const width = Math.max(
		lastFilled(row),
		...all.slice(at + 1, at + 200).map((below) => lastFilled(below))
	);
	const names = Array.from({ length: width }, (_, i) =>
		(row?.cells[i] ?? '').replace(/[\ufeff\u200b]/g, '').trim()
	);
	const isTwice = (name: string): boolean =>
		name !== '' && names.indexOf(name) !== names.lastIndexOf(name);
	const above = groupNames(all[at - 1], width);
	const grouped = names.map((name, i) =>
		isTwice(name) && above[i] ? `${above[i]} ${name}` : name
	);
	const taken = new Set<string>();
	const renamed: string[] = [];
	const header = grouped.map((name, i) => {
		let own = name === '' ? `（第 ${i + 1} 列 / column ${i + 1}）` : name;
		if (taken.has(own)) {
			renamed.push(own);
			let number = 2;
			while (taken.has(`${own} (${number})`)) number += 1;
			own = `${own} (${number})`;
		}
		taken.add(own);
		return own;
	});
	return { header, renamed };
}

function lastFilled(row: FileRow | undefined): number {
	return (row?.cells.findLastIndex((cell) => cell.trim() !== '') ?? -1) + 1;
}

/** A word over several columns stands in the first of them. */
function groupNames(row: FileRow | undefined, width: number): string[] {
	if (!row || filled(row) < 2) return [];
	let last = '';
	return Array.from({ length: width }, (_, i) => {
		const own = (row.cells[i] ?? '').trim();
		if (own !== '') last = own;
		return last;
	});
}

/** True for a row of units: `（万元）`, `%`, `单`. One word alone may be data unless it is of amounts. */
function isUnits(row: FileRow): boolean {
	const cells = row.cells.filter((cell) => cell.trim() !== '');
	const units = cells.map(unitOfWord);
	const [only] = units;
	const isAmount = only?.dimension === 'money' || only?.dimension === 'ratio';
	return units.every((unit) => unit !== null) && (units.length > 1 || isAmount);
}

const SUBTOTAL = /(?:小计|分组合计|本页合计|sub-?total)[:： ]*$/i;
const TOTAL = /^(?:合计|总计|累计|全年合计|(?:grand )?totals?)[:： ]*$/i;
const TOTAL_OF = /(?:合计|总计)[:： ]*$/;

function skipReason(row: FileRow, width: number, headerKey: string): SkipReason | null {
	const count = filled(row);
	if (count === 0) return 'blank';
	if (row.cells.slice(0, width).map(tidyCell).join('\u0001') === headerKey) {
		return 'repeated_header';
	}
	const summed = sumOf(row);
	if (summed) return summed;
	// Notes below a table stand in a cell or two, each a label with its value, or one long sentence.
	// A short cell alone is a row that lost its figures, and must be told of.
	const notes = row.cells.filter((cell) => cell.trim() !== '');
	const isNote = notes.every((cell) => /[:：]/.test(cell) || cell.length > 20);
	return isNote && width > 2 && count * 3 <= width ? 'footer' : null;
}

/** A row that sums up others says so in its first cell, or in a cell of that word alone. */
function sumOf(row: FileRow): 'subtotal' | 'total' | null {
	let isFirst = true;
	for (const cell of row.cells) {
		if (cell.trim() === '') continue;
		// Longer cells are sentences; looking at each of a large file would cost seconds.
		if (cell.length <= 30) {
			const text = tidyCell(cell);
			if (TOTAL.test(text)) return 'total';
			if (SUBTOTAL.test(text) && (isFirst || text.length <= 8)) return 'subtotal';
			if (isFirst && TOTAL_OF.test(text)) return 'subtotal';
		}
		isFirst = false;
	}
	return null;
}

/** True where a header names a sum of months. */
export function isTotalColumn(name: string): boolean {
	const tidy = tidyCell(name);
	if (monthWord(tidy) !== null) return false;
	return /(合计|总计|小计|累计|全年|年度|总额|total|sum|ytd)/i.test(tidy);
}
