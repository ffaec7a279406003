/**
 * Tables as spreadsheets exchange them through the clipboard: tabs between cells, line breaks between
 * rows, quotes around a cell that holds either or a quote (Excel, WPS and LibreOffice alike).
 */

export function writeTsv(rows: readonly (readonly string[])[]): string {
	return rows.map((row) => row.map(writeCell).join('\t')).join('\r\n');
}

function writeCell(text: string): string {
	return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Reads what a spreadsheet put on the clipboard; the line break at the end is no row. */
export function readTsv(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	let at = 0;
	while (at <= text.length) {
		const { cell, next } = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at);
		row.push(cell);
		if (text[next] === '\t') {
			at = next + 1;
			continue;
		}
		rows.push(row);
		row = [];
		at = text[next] === '\r' && text[next + 1] === '\n' ? next + 2 : next + 1;
		if (at >= text.length) break;
	}
	return rows;
}

function readPlain(text: string, from: number): { cell: string; next: number } {
	let next = from;
	while (next < text.length && !'\t\r\n'.includes(text[next] ?? '')) next += 1;
	return { cell: text.slice(from, next), next };
}

/** A quoted cell; a quote that is not closed before a tab or line end was none. */
function readQuoted(text: string, from: number): { cell: string; next: number } {
	let cell = '';
	for (let at = from + 1; at < text.length; at++) {
		if (text[at] !== '"') cell += text[at];
		else if (text[at + 1] === '"') {
			cell += '"';
			at += 1;
		} else if (at + 1 >= text.length || '\t\r\n'.includes(text[at + 1] ?? '')) {
			return { cell, next: at + 1 };
		} else break;
	}
	return readPlain(text, from);
}
