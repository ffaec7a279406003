/** What a scheme needs, held against what a history has: what exists, and what must be collected. */
import type { LocalText } from '../diagnostics/diagnostic.ts';
import type { SchemeDocument } from '../scheme/document.ts';
import { withDerivedColumns } from '../table/derive.ts';
import { valueAt } from '../table/row.ts';
import type { Table } from '../table/table.ts';
import { ConcernedRows } from './concerned.ts';
import type { DataNeeds, NeedKind } from './needs.ts';
import { parseRulesOf } from './parsed.ts';

/** One needed variable and how far the history supplies it; `snake_case`, it is part of a report. */
export interface SuppliedNeed {
	readonly path: string;
	readonly kind: NeedKind;
	readonly entered_by: string | null;
	readonly source: LocalText | null;
	/** Rows of the history that need it, and those of them in which it is missing. */
	readonly rows: number;
	readonly missing: number;
	/** The version in force does not need it; false where there is none to compare with. */
	readonly is_new: boolean;
}

/** Every need with its supply, what is missing most first. */
export function supplyOf(
	{ needs }: DataNeeds,
	scheme: SchemeDocument,
	history: Table,
	baseline: DataNeeds | null = null
): SuppliedNeed[] {
	const table = withDerivedColumns(history);
	const concerned = new ConcernedRows(parseRulesOf(scheme), table);
	const known = baseline && new Set(baseline.needs.map(({ path }) => path));
	return needs
		.map((need) => {
			const { path, kind, enteredBy, source } = need;
			const rows = concerned.of(need);
			return {
				path,
				kind,
				entered_by: enteredBy,
				source,
				rows: rows.length,
				missing: missingIn(table, path, rows),
				is_new: known !== null && !known.has(path)
			};
		})
		.toSorted((a, b) => b.missing - a.missing || (a.path < b.path ? -1 : 1));
}

function missingIn(table: Table, path: string, rows: readonly number[]): number {
	const column = table.columns.get(path);
	if (!column) return rows.length;
	let missing = 0;
	for (const row of rows) if (valueAt(column, row) === null) missing++;
	return missing;
}
