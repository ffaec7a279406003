/**
 * The cells of a workbook as people see them, before anybody looks for a header: for tables that are
 * no rows of data, such as the items of a scheme.
 */
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { refuseFile, zipFinding } from './read-file.ts';
import { readWorkbook } from './read-workbook.ts';

export interface SheetCells {
	readonly name: string;
	readonly rows: readonly (readonly string[])[];
}

export interface CellsRead {
	/** Sheets that are not hidden and hold something; none where the file was refused. */
	readonly sheets: readonly SheetCells[];
	readonly diagnostics: readonly Diagnostic[];
}

/** More than this of one sheet is a workbook of data, not a table that somebody wrote. */
const MOST_ROWS = 300;
const MOST_COLUMNS = 40;
const MOST_SHEETS = 20;
const MOST_LETTERS = 4_000;

export async function readCells(bytes: Uint8Array): Promise<CellsRead> {
	const refused = await refuseFile(bytes);
	if (refused.length > 0) return { sheets: [], diagnostics: refused };
	try {
		// A merged cell says something once: filled in, one item with three standards became three.
		const sheets = await readWorkbook(bytes, { fillsMerges: false });
		const seen = sheets.filter(({ hidden, rows }) => !hidden && rows.length > 0);
		return {
			sheets: seen.slice(0, MOST_SHEETS).map(({ name, rows }) => ({
				name,
				rows: rows
					.slice(0, MOST_ROWS)
					.map(({ cells }) =>
						cells.slice(0, MOST_COLUMNS).map((text) => text.slice(0, MOST_LETTERS))
					)
			})),
			diagnostics: []
		};
	} catch (error) {
		return { sheets: [], diagnostics: [zipFinding(error)] };
	}
}
