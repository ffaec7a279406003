/** Cells copied from a spreadsheet: lines of values, with evidence after a tab where there is one. */
export interface PastedCell {
	readonly text: string;
	/** Absent where the copy had one column only. */
	readonly evidence?: string;
}

/** One line per row from the place where it was pasted; the empty last line is no row. */
export function readPastedCells(clipboard: string): PastedCell[] {
	const lines = clipboard.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
	return lines.map((line) => {
		const [text = '', evidence] = line.split('\t');
		return { text: text.trim(), ...(evidence === undefined ? {} : { evidence: evidence.trim() }) };
	});
}
