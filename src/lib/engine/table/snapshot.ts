/**
 * A snapshot: all columns of a table in one buffer, so that it can be shared with workers without a
 * copy (where the platform has shared memory), kept in WebAssembly memory, stored and read back.
 *
 * The builder takes rows one after the other and holds only typed chunks of them: a history of
 * millions of rows never exists as objects.
 */
import { withDerivedColumns } from './derive.ts';
import type { Column, Table } from './table.ts';

export type ColumnKind = Column['kind'];

/** Where one column lies in the buffer. */
export interface ColumnLayout {
	readonly path: string;
	readonly kind: ColumnKind;
	/** Offset in bytes, a multiple of `ALIGNMENT`. */
	readonly offset: number;
	/** Texts by code; only for text columns. */
	readonly dictionary?: readonly string[];
}

/** Describes a snapshot; plain JSON, so that it can travel beside the buffer. */
export interface SnapshotLayout {
	readonly rows: number;
	readonly bytes: number;
	readonly columns: readonly ColumnLayout[];
	readonly fiscalMonth?: number;
}

export interface Snapshot {
	readonly layout: SnapshotLayout;
	readonly buffer: ArrayBufferLike;
}

/** Columns begin at multiples of this: a cache line, and any vector width. */
export const ALIGNMENT = 64;

const WIDTH: Readonly<Record<ColumnKind, number>> = { number: 8, text: 4, boolean: 1 };
const CHUNK_ROWS = 1 << 15;

/** Shared memory where the platform has it (a browser without isolation has not), else a plain one. */
export function allocateShared(bytes: number): ArrayBufferLike {
	return typeof SharedArrayBuffer === 'function'
		? new SharedArrayBuffer(bytes)
		: new ArrayBuffer(bytes);
}

function planLayout(
	rows: number,
	columns: readonly { path: string; kind: ColumnKind; dictionary?: readonly string[] }[],
	fiscalMonth: number | undefined
): SnapshotLayout {
	let offset = 0;
	const placed = columns.map((column): ColumnLayout => {
		const at = offset;
		offset = Math.ceil((offset + rows * WIDTH[column.kind]) / ALIGNMENT) * ALIGNMENT;
		return { ...column, offset: at };
	});
	return {
		rows,
		bytes: offset,
		columns: placed,
		...(fiscalMonth === undefined ? {} : { fiscalMonth })
	};
}

function viewOf(layout: ColumnLayout, rows: number, buffer: ArrayBufferLike): Column {
	switch (layout.kind) {
		case 'number':
			return { kind: 'number', values: new Float64Array(buffer, layout.offset, rows) };
		case 'text':
			return {
				kind: 'text',
				codes: new Int32Array(buffer, layout.offset, rows),
				dictionary: layout.dictionary ?? []
			};
		case 'boolean':
			return { kind: 'boolean', values: new Uint8Array(buffer, layout.offset, rows) };
	}
}

/** The table in a snapshot: its columns are views, nothing is copied. */
export function tableOfSnapshot(snapshot: Snapshot): Table {
	const { layout, buffer } = snapshot;
	return {
		rows: layout.rows,
		columns: new Map(
			layout.columns.map((column) => [column.path, viewOf(column, layout.rows, buffer)])
		),
		...(layout.fiscalMonth === undefined ? {} : { fiscalMonth: layout.fiscalMonth })
	};
}

/** Copies a table into one buffer. */
export function snapshotOf(
	table: Table,
	allocate: (bytes: number) => ArrayBufferLike = allocateShared
): Snapshot {
	const columns = [...table.columns].map(([path, column]) => ({
		path,
		kind: column.kind,
		...(column.kind === 'text' ? { dictionary: column.dictionary } : {})
	}));
	const layout = planLayout(table.rows, columns, table.fiscalMonth);
	const snapshot = { layout, buffer: allocate(layout.bytes) };
	for (const [path, target] of tableOfSnapshot(snapshot).columns) {
		const source = table.columns.get(path);
		if (source) copyColumn(source, target);
	}
	return snapshot;
}

function copyColumn(source: Column, target: Column): void {
	if (source.kind === 'text' && target.kind === 'text') target.codes.set(source.codes);
	else if (source.kind === 'number' && target.kind === 'number') target.values.set(source.values);
	else if (source.kind === 'boolean' && target.kind === 'boolean') target.values.set(source.values);
}

/** A cell that a builder takes. NaN, null and undefined are missing. */
export type Cell = null | undefined | boolean | number | string;

type Chunk = Float64Array | Int32Array | Uint8Array;

/** One column under construction: full chunks, and the one being filled. */
class GrowingColumn {
	readonly path: string;
	readonly kind: ColumnKind;
	readonly dictionary: string[] = [];
	readonly #codes = new Map<string, number>();
	readonly #chunks: Chunk[] = [];
	#chunk: Chunk;

	constructor(path: string, kind: ColumnKind) {
		this.path = path;
		this.kind = kind;
		this.#chunk = this.#newChunk();
	}

	#newChunk(): Chunk {
		switch (this.kind) {
			case 'number':
				return new Float64Array(CHUNK_ROWS);
			case 'text':
				return new Int32Array(CHUNK_ROWS);
			case 'boolean':
				return new Uint8Array(CHUNK_ROWS);
		}
	}

	set(row: number, cell: Cell): void {
		const at = row % CHUNK_ROWS;
		if (at === 0 && row > 0) {
			this.#chunks.push(this.#chunk);
			this.#chunk = this.#newChunk();
		}
		this.#chunk[at] = this.#encode(cell);
	}

	#encode(cell: Cell): number {
		switch (this.kind) {
			case 'number':
				return typeof cell === 'number' && Number.isFinite(cell) ? cell + 0 : NaN;
			case 'boolean':
				return cell === true ? 1 : cell === false ? 0 : 2;
			case 'text': {
				if (cell === null || cell === undefined || cell === '') return -1;
				const text = String(cell);
				let code = this.#codes.get(text);
				if (code === undefined) {
					code = this.dictionary.length;
					this.#codes.set(text, code);
					this.dictionary.push(text);
				}
				return code;
			}
		}
	}

	/** Moves the chunks into the buffer, letting go of each as it is copied. */
	moveInto(target: Column, rows: number): void {
		const values = target.kind === 'text' ? target.codes : target.values;
		this.#chunks.push(this.#chunk);
		for (let at = 0; at < rows; at += CHUNK_ROWS) {
			const chunk = this.#chunks.shift();
			if (chunk) values.set(chunk.subarray(0, Math.min(CHUNK_ROWS, rows - at)), at);
		}
	}
}

/** Builds a snapshot row by row. */
export class SnapshotBuilder {
	readonly #columns: readonly GrowingColumn[];
	readonly #fiscalMonth: number | undefined;
	#rows = 0;
	#finished = false;

	constructor(
		columns: readonly { readonly path: string; readonly kind: ColumnKind }[],
		options: { readonly fiscalMonth?: number } = {}
	) {
		this.#columns = columns.map(({ path, kind }) => new GrowingColumn(path, kind));
		this.#fiscalMonth = options.fiscalMonth;
	}

	get rows(): number {
		return this.#rows;
	}

	/** Adds a row; cells in the order of the columns. */
	append(cells: readonly Cell[]): this {
		if (this.#finished) throw new Error('The snapshot is finished; start another builder.');
		for (let i = 0; i < this.#columns.length; i++) this.#columns[i]?.set(this.#rows, cells[i]);
		this.#rows++;
		return this;
	}

	/** Adds many rows. */
	appendAll(rows: Iterable<readonly Cell[]>): this {
		for (const row of rows) this.append(row);
		return this;
	}

	/** The snapshot of all rows. The builder is used up: its chunks were moved, not copied. */
	finish(allocate: (bytes: number) => ArrayBufferLike = allocateShared): Snapshot {
		if (this.#finished) throw new Error('The snapshot is finished; start another builder.');
		this.#finished = true;
		const layout = planLayout(
			this.#rows,
			this.#columns.map(({ path, kind, dictionary }) => ({
				path,
				kind,
				...(kind === 'text' ? { dictionary } : {})
			})),
			this.#fiscalMonth
		);
		const snapshot = { layout, buffer: allocate(layout.bytes) };
		const { columns } = tableOfSnapshot(snapshot);
		for (const column of this.#columns) {
			const target = columns.get(column.path);
			if (target) column.moveInto(target, this.#rows);
		}
		return snapshot;
	}
}

/** The snapshot's table with the derived columns that a scheme reads. */
export function scorableTable(snapshot: Snapshot, paths: Iterable<string>): Table {
	return withDerivedColumns(tableOfSnapshot(snapshot), paths);
}
