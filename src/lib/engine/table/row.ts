/** One row of a table as the variables that rules read. */
import type { Value } from '../logic/rule.ts';
import { parsePeriod, periodFacts } from '../scheme/period.ts';
import { attainment, derivationOf, PERIOD_ID } from './paths.ts';
import type { Column, Table } from './table.ts';

/** The value of a cell; missing is null. */
export function valueAt(column: Column, row: number): null | boolean | number | string {
	switch (column.kind) {
		case 'number': {
			const value = column.values[row] ?? NaN;
			return Number.isNaN(value) ? null : value;
		}
		case 'text':
			return column.dictionary[column.codes[row] ?? -1] ?? null;
		case 'boolean': {
			const value = column.values[row];
			return value === 1 ? true : value === 0 ? false : null;
		}
	}
}

/** Cell of a text column; null where it is missing or the column is not text. */
export function textAt(table: Table, path: string, row: number): string | null {
	const column = table.columns.get(path);
	return column?.kind === 'text' ? (column.dictionary[column.codes[row] ?? -1] ?? null) : null;
}

/** Variables of a row: all columns, or those of `paths` (derived ones included). */
export function variablesOfRow(
	table: Table,
	row: number,
	paths: Iterable<string> = table.columns.keys()
): Map<string, Value> {
	const variables = new Map<string, Value>();
	for (const path of paths) {
		const column = table.columns.get(path);
		if (column) variables.set(path, valueAt(column, row));
	}
	return variables;
}

function numberOf(value: Value | undefined): number | null {
	return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A derived variable from those it depends on; undefined for a path that is not derived. */
export function derivedValue(
	variables: ReadonlyMap<string, Value>,
	path: string,
	fiscalMonth = 1
): number | null | undefined {
	const derivation = derivationOf(path);
	if (!derivation) return undefined;
	if (derivation.kind === 'quotient')
		return attainment(
			numberOf(variables.get(derivation.actual)),
			numberOf(variables.get(derivation.target))
		);
	const id = variables.get(PERIOD_ID);
	const period = typeof id === 'string' ? parsePeriod(id) : null;
	return period ? periodFacts(period, fiscalMonth)[derivation.part] : null;
}
