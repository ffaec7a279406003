/** A table as plain rows, so that a test compares and prints what a person would see. */
import type { Scalar } from '#lib/engine/logic/rule.ts';
import { valueAt } from '#lib/engine/table/row.ts';
import type { Table } from '#lib/engine/table/table.ts';

export function plainRows(
	table: Table,
	paths: readonly string[] = [...table.columns.keys()]
): Record<string, Scalar>[] {
	return Array.from({ length: table.rows }, (_, row) =>
		Object.fromEntries(
			paths.flatMap((path) => {
				const column = table.columns.get(path);
				return column ? [[path, valueAt(column, row)]] : [];
			})
		)
	);
}
