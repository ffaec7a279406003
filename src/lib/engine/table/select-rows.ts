/** A table of some rows of another: periods, people, a sample. */
import type { Column, Table } from './table.ts';

function selectColumn(column: Column, rows: Uint32Array): Column {
	switch (column.kind) {
		case 'number': {
			const values = new Float64Array(rows.length);
			for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i] ?? 0] ?? NaN;
			return { kind: 'number', values };
		}
		case 'text': {
			const codes = new Int32Array(rows.length);
			for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i] ?? 0] ?? -1;
			return { kind: 'text', codes, dictionary: column.dictionary };
		}
		case 'boolean': {
			const values = new Uint8Array(rows.length);
			for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i] ?? 0] ?? 2;
			return { kind: 'boolean', values };
		}
	}
}

/** The rows with these numbers, in this order. */
export function selectRows(table: Table, rows: Uint32Array): Table {
	return {
		...table,
		rows: rows.length,
		columns: new Map([...table.columns].map(([path, column]) => [path, selectColumn(column, rows)]))
	};
}

/** Numbers of the rows whose text in a column is one of these. */
export function rowsWhere(table: Table, path: string, texts: ReadonlySet<string>): Uint32Array {
	const column = table.columns.get(path);
	if (column?.kind !== 'text') return new Uint32Array(0);
	const wanted = Uint8Array.from(column.dictionary, (text) => (texts.has(text) ? 1 : 0));
	const found: number[] = [];
	for (let row = 0; row < table.rows; row++)
		if (wanted[column.codes[row] ?? -1] === 1) found.push(row);
	return Uint32Array.from(found);
}
