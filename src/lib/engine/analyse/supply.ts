/** What a scheme needs, held against what a history has: what exists, and what must be collected. */
import type { LocalText } from '../diagnostics/diagnostic.ts';
import { withDerivedColumns } from '../table/derive.ts';
import { valueAt } from '../table/row.ts';
import type { Table } from '../table/table.ts';
import type { DataNeeds, NeedKind } from './needs.ts';

/** One needed variable and how far the history supplies it; `snake_case`, it is part of a report. */
export interface SuppliedNeed {
	readonly path: string;
	readonly kind: NeedKind;
	readonly entered_by: string | null;
	readonly source: LocalText | null;
	/** Rows of the history, and those in which the variable is missing. */
	readonly rows: number;
	readonly missing: number;
	/** The version in force does not need it; false where there is none to compare with. */
	readonly is_new: boolean;
}

/** Every need with its supply, what is missing most first. */
export function supplyOf(
	{ needs }: DataNeeds,
	history: Table,
	baseline: DataNeeds | null = null
): SuppliedNeed[] {
	const table = withDerivedColumns(history);
	const known = baseline && new Set(baseline.needs.map(({ path }) => path));
	return needs
		.map(({ path, kind, enteredBy, source }) => ({
			path,
			kind,
			entered_by: enteredBy,
			source,
			rows: table.rows,
			missing: missingIn(table, path),
			is_new: known !== null && !known.has(path)
		}))
		.toSorted((a, b) => b.missing - a.missing || (a.path < b.path ? -1 : 1));
}

function missingIn(table: Table, path: string): number {
	const column = table.columns.get(path);
	if (!column) return table.rows;
	let missing = 0;
	for (let row = 0; row < table.rows; row++) if (valueAt(column, row) === null) missing++;
	return missing;
}
