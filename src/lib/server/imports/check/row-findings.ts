/** Findings about cells, and the result of checking one row. */
import { diagnose, type Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { EXPECTATIONS, importDiagnostics } from '../diagnostics.ts';
import {
	readBoolean,
	readDate,
	readId,
	readNumber,
	readPeriod,
	serialOf,
	tidyCell,
	type Expected,
	type Reading
} from '../read/cells.ts';
import type { FileRow } from '../read/reading.ts';
import type { Source } from './mapping.ts';
import type { Roll } from './roll.ts';

export type RowStatus = 'accepted' | 'rejected' | 'repeated';

export interface CheckedRow<T> {
	readonly line: number;
	status: RowStatus;
	/** The row as facts; null when it was rejected. */
	readonly parsed: T | null;
	readonly problems: Diagnostic[];
	/** A rule for contradictions left it behind; its status is `repeated`. */
	superseded?: boolean;
}

/** The place of a cell, as a JSON Pointer into the file: line, then column. */
export function cellPlace(row: FileRow, source: Pick<Source, 'column'>): string {
	return `/${row.place ?? row.line}/${source.column.replaceAll('~', '~0').replaceAll('/', '~1')}`;
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
		{ line: row.place ?? row.line, column: source.column, ...details },
		{ line: row.line }
	);
}

/** Reads one cell by the type of its field. */
export function readCell(source: Source, row: FileRow): Reading<string | number | boolean> {
	const { date, looseId, pad } = source.transform;
	const raw = serialOf(source.cell(row), date);
	switch (source.type) {
		case 'number':
			return readNumber(raw, source.transform);
		case 'date':
			return readDate(raw, date);
		case 'period':
			return readPeriod(raw, date);
		case 'boolean':
			return readBoolean(raw);
		case 'id':
			return readId(raw, looseId, pad);
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

/** The one employee whose attribute has a value; null with a finding where it is not one. */
export function matchEmployee(
	row: FileRow,
	source: Source,
	attribute: string,
	value: string,
	roll: Roll,
	problems: Diagnostic[]
): string | null {
	const found = roll.employeesWith(attribute, value);
	if (found.length === 1) return found[0] ?? null;
	problems.push(
		found.length === 0
			? cellFinding('import_match_none', row, source, { field: attribute, found: shortened(value) })
			: cellFinding('import_match_ambiguous', row, source, {
					field: attribute,
					found: shortened(value),
					count: found.length
				})
	);
	return null;
}

/** Work is done in turns of so many milliseconds, so that other requests run in between. */
const TURN_MS = 8;
/** The clock is looked at once in so many steps. */
const STEPS = 64;

export interface Turns {
	/** True when it is time to let others run; cheap enough to ask in every step of a loop. */
	readonly due: () => boolean;
	readonly take: () => Promise<void>;
}

/** Tells how far something is, from 0 to 1. */
export type Tell = (fraction: number) => void;

/** Turns for one loop. */
export function makeTurns(): Turns {
	let since = performance.now();
	let steps = 0;
	return {
		due() {
			steps += 1;
			return steps % STEPS === 0 && performance.now() - since > TURN_MS;
		},
		async take() {
			await new Promise((resolve) => setImmediate(resolve));
			since = performance.now();
		}
	};
}

/** `rows.map(work)` that lets other requests run in between. */
export async function inTurns<R, T>(
	rows: readonly R[],
	work: (row: R) => T,
	tell: Tell = () => undefined
): Promise<T[]> {
	const results: T[] = [];
	const turns = makeTurns();
	for (const row of rows) {
		results.push(work(row));
		if (!turns.due()) continue;
		tell(results.length / rows.length);
		await turns.take();
	}
	return results;
}
