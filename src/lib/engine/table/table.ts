/**
 * A table of people and periods as columns. Row i of every column is the same subject and period.
 * Tables are frozen: a step that changes a column makes a new table that borrows the others.
 */

/** Numbers; missing is NaN. */
export interface NumberColumn {
	readonly kind: 'number';
	readonly values: Float64Array;
}

/** Texts by code into `dictionary`; missing is -1. */
export interface TextColumn {
	readonly kind: 'text';
	readonly codes: Int32Array;
	readonly dictionary: readonly string[];
}

/** 0 false, 1 true, 2 missing. */
export interface BooleanColumn {
	readonly kind: 'boolean';
	readonly values: Uint8Array;
}

export type Column = NumberColumn | TextColumn | BooleanColumn;

/** Column names are full variable paths, `employee.id` and `period.id` always among them. */
export interface Table {
	readonly rows: number;
	readonly columns: ReadonlyMap<string, Column>;
	/** First month of the client's fiscal year, 1 if left out: decides \`period.quarter\`. */
	readonly fiscalMonth?: number;
}
