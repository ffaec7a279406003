/** Findings about cells, and the result of checking one row. */
import { diagnose, type Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { EXPECTATIONS, importDiagnostics } from '../diagnostics.ts';
import {
	readBoolean,
	readDate,
	readId,
	readNumber,
	readPeriod,
	tidyCell,
	type Expected,
	type Reading
} from '../read/cells.ts';
import type { FileRow } from '../read/read-csv.ts';
import type { Source } from './mapping.ts';

export type RowStatus = 'accepted' | 'rejected' | 'repeated';

export interface CheckedRow<T> {
	readonly line: number;
	status: RowStatus;
	/** The row as facts; null when it was rejected. */
	readonly parsed: T | null;
	readonly problems: Diagnostic[];
}

/** The place of a cell, as a JSON Pointer into the file: line, then column. */
export function cellPlace(row: FileRow, source: Pick<Source, 'column'>): string {
	return `/${row.line}/${source.column.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A finding about one cell; line and column are part of its details. */
export function cellFinding(
	code: keyof typeof importDiagnostics & string,
	row: FileRow,
	source: Pick<Source, 'column'>,
	details: Record<string, string | number> = {}
): Diagnostic {
	return diagnose(
		importDiagnostics,
		code,
		cellPlace(row, source),
		{ line: row.line, column: source.column, ...details },
		{ line: row.line }
	);
}

/** Reads one cell by the type of its field. */
export function readCell(source: Source, row: FileRow): Reading<string | number | boolean> {
	const raw = source.cell(row);
	const { decimal, scale, date, looseId } = source.transform;
	switch (source.type) {
		case 'number':
			return readNumber(raw, { ...(decimal ? { decimal } : {}), ...(scale ? { scale } : {}) });
		case 'date':
			return readDate(raw, date);
		case 'period':
			return readPeriod(raw, date);
		case 'boolean':
			return readBoolean(raw);
		case 'id':
			return readId(raw, looseId);
		case 'text': {
			const text = tidyCell(raw);
			return text === '' ? { missing: true } : { value: text };
		}
	}
}

/** What to say of a cell that could not be read. */
export function unreadable(expected: Expected, row: FileRow, source: Source): Diagnostic {
	const found = shortened(source.cell(row));
	if (expected === 'id') return cellFinding('import_id_scientific', row, source, { found });
	return cellFinding('import_cell_unreadable', row, source, {
		found,
		expected_zh: EXPECTATIONS[expected]['zh-CN'],
		expected_en: EXPECTATIONS[expected].en
	});
}

/** A cell as a message quotes it. */
export function shortened(text: string): string {
	const tidy = tidyCell(text);
	return tidy.length > 60 ? `${tidy.slice(0, 57)}…` : tidy;
}

/** Rows checked between two turns of the event loop. */
const ROWS_PER_TURN = 1_000;

/** `rows.map(work)` that lets other requests run in between. */
export async function inTurns<R, T>(rows: readonly R[], work: (row: R) => T): Promise<T[]> {
	const results: T[] = [];
	for (const row of rows) {
		results.push(work(row));
		if (results.length % ROWS_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
	}
	return results;
}
