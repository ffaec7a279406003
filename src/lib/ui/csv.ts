/**
 * Writes CSV that opens safely in Excel and WPS: UTF-8 with a byte order mark, CRLF, and no text
 * cell that a spreadsheet would run as a formula.
 */

export type CsvCell = string | number | boolean | null | undefined;

const BYTE_ORDER_MARK = '\uFEFF';
const FORMULA_START = /^\s*[=+\-@＝＋－＠]|^[\t\r]/;

/** A text that begins like a formula is prefixed by an apostrophe; numbers are left alone. */
export function csvCell(cell: CsvCell): string {
	if (cell === null || cell === undefined) return '';
	if (typeof cell !== 'string') return String(cell);
	const safe = FORMULA_START.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvText(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
	const lines = [header, ...rows].map((row) => row.map(csvCell).join(','));
	return `${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`;
}

/** Offers a table as a download. */
export function downloadCsv(
	fileName: string,
	header: readonly string[],
	rows: readonly (readonly CsvCell[])[]
): void {
	const address = URL.createObjectURL(
		new Blob([csvText(header, rows)], { type: 'text/csv;charset=utf-8' })
	);
	const anchor = document.createElement('a');
	anchor.href = address;
	anchor.download = fileName;
	anchor.click();
	URL.revokeObjectURL(address);
}
