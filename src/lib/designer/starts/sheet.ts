/** Tables that people bring: pasted from Excel or WPS, as a web table, or as a file. */
import { parse } from 'csv-parse/browser/esm/sync';
import { readTsv } from '../conditions/tsv.ts';

/** Cells as text, row by row; cells that a merge covers are empty. */
export type Sheet = readonly (readonly string[])[];

/** More than anybody's scheme; a whole workbook was pasted by accident. */
export const MOST_ROWS = 300;
const MOST_COLUMNS = 40;

/** As much of a table as a scheme can be made of, without empty rows. */
export function tidySheet(rows: readonly (readonly string[])[]): Sheet {
	return rows
		.slice(0, MOST_ROWS)
		.map((row) => row.slice(0, MOST_COLUMNS).map((cell) => cell.replaceAll('\u00a0', ' ').trim()))
		.filter((row) => row.some((cell) => cell !== ''));
}

/** Text with tabs between cells, as spreadsheets put it on the clipboard; else with commas. */
export function sheetOfText(text: string): Sheet {
	if (text.includes('\t')) return tidySheet(readTsv(text));
	const delimiter = /^[^\n"]*[;；]/.test(text) && !text.includes(',') ? ';' : ',';
	try {
		return tidySheet(
			parse(text, {
				delimiter,
				relax_column_count: true,
				relax_quotes: true,
				bom: true
			}) as string[][]
		);
	} catch {
		return tidySheet(text.split(/\r?\n/).map((line) => line.split(delimiter)));
	}
}

/** The first table of a web page or of what Excel puts on the clipboard as HTML. */
export function sheetOfHtml(html: string): Sheet | null {
	const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table');
	if (!table) return null;
	const rows: string[][] = [];
	[...table.rows].forEach((row, at) => {
		const line = (rows[at] ??= []);
		let column = 0;
		for (const cell of row.cells) {
			while (line[column] !== undefined) column += 1;
			for (let down = 0; down < Math.max(1, cell.rowSpan); down++) {
				const target = (rows[at + down] ??= []);
				for (let right = 0; right < Math.max(1, cell.colSpan); right++)
					target[column + right] = down === 0 && right === 0 ? textOf(cell) : '';
			}
			column += Math.max(1, cell.colSpan);
		}
	});
	return tidySheet(rows.map((row) => Array.from(row, (cell) => cell ?? '')));
}

/** Line breaks inside a cell separate rules, so they stay. */
function textOf(cell: HTMLTableCellElement): string {
	for (const line of cell.querySelectorAll('br')) line.replaceWith('\n');
	return cell.textContent.trim();
}

/** Bytes of a CSV file: UTF-8 where they are, else GB18030 as Chinese Excel writes it. */
export function textOfBytes(bytes: ArrayBuffer): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('gb18030').decode(bytes);
	}
}
