/**
 * Tables that live in the memory kernels work in, so that a kernel reads their numbers where they
 * are. Only memory that threads can share serves: growing any other takes every view away.
 */
import { snapshotOf, tableOfSnapshot } from '../../table/snapshot.ts';
import type { Table } from '../../table/table.ts';
import { Arena } from './arena.ts';
import { wasmFeatures } from './features.ts';

/** The memory of a table that no back end works in yet. */
export interface TableMemory {
	readonly arena: Arena;
	/** The buffer as the columns know it; growing makes another one of the same memory. */
	readonly buffer: ArrayBufferLike;
	readonly rows: number;
}

const waiting = new WeakMap<ArrayBufferLike, TableMemory>();

/**
 * Moves a table into such a memory; columns of the result are views, so the original can be dropped.
 * The first back end made for the result works in place, later ones copy as they do of any table.
 * Gives the table back as it is where the platform has no such memory.
 */
export function adoptTable(table: Table): Table {
	const features = wasmFeatures();
	if (!features) return table;
	const arenas: Arena[] = [];
	const snapshot = snapshotOf(table, (bytes) => {
		const arena = new Arena(features.platform, 0, bytes);
		arenas.push(arena);
		return arena.memory.buffer;
	});
	const [arena] = arenas;
	if (!arena?.isShared) return table;
	waiting.set(snapshot.buffer, { arena, buffer: snapshot.buffer, rows: table.rows });
	return tableOfSnapshot(snapshot);
}

/** The memory that holds a table's columns, for the first who asks. */
export function takeTableMemory(table: Table): TableMemory | null {
	for (const column of table.columns.values()) {
		if (column.kind !== 'number') continue;
		const known = waiting.get(column.values.buffer);
		if (known?.rows !== table.rows) continue;
		waiting.delete(known.buffer);
		return known;
	}
	return null;
}
