import type { CsvCell } from '../csv.ts';

/** One column of a data grid. */
export interface GridColumn<Row> {
	readonly key: string;
	readonly title: string;
	/** What is sorted, searched and exported. */
	readonly value: (row: Row) => CsvCell;
	/** How it is written; the value as it stands when left out. */
	readonly text?: (row: Row) => string;
	/** @default 'start' */
	readonly align?: 'start' | 'end';
	/** @default true */
	readonly sortable?: boolean;
	/** CSS width. */
	readonly width?: string;
	/** Long text that may take several lines. @default false */
	readonly wrap?: boolean;
	/** Left out where the screen is narrow. @default false */
	readonly wideOnly?: boolean;
}

export interface GridSort {
	readonly key: string;
	readonly order: 'ascending' | 'descending';
}
