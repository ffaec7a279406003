import { describe, expect, it } from 'vitest';
import { tableFromRows } from '#lib/engine/table/from-rows.ts';
import { tableHash } from '#lib/engine/table/hash.ts';
import { selectRows } from '#lib/engine/table/select-rows.ts';
import {
	ALIGNMENT,
	SnapshotBuilder,
	snapshotOf,
	tableOfSnapshot
} from '#lib/engine/table/snapshot.ts';
import { snapshotFromBytes, snapshotToBytes } from '#lib/engine/table/snapshot-bytes.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { Random, seedOf } from '../generators/random.ts';
import { randomTable } from '../generators/scheme.ts';
import { plainRows } from './table-equal.ts';

const SEED = seedOf(7);

function shuffled(table: Table, random: Random): Table {
	return selectRows(table, Uint32Array.from(random.shuffle([...Array(table.rows).keys()])));
}

function tableOf(header: string[], ...rows: string[][]): Table {
	const { table } = tableFromRows(header, rows);
	if (!table) throw new Error('The table of the test is not one.');
	return table;
}

describe(`the hash of a table (seed ${SEED})`, () => {
	it('does not depend on the order of rows or columns, nor on derived columns', () => {
		const random = new Random(SEED);
		for (let i = 0; i < 20; i++) {
			const table = randomTable(random, 60);
			const hash = tableHash(table);
			expect(tableHash(shuffled(table, random))).toBe(hash);
			const columns = new Map(random.shuffle([...table.columns]));
			for (const path of [...columns.keys()])
				if (/^(?:attainment|period\.(?!id))/.test(path)) columns.delete(path);
			expect(tableHash({ ...table, columns })).toBe(hash);
		}
	});

	it('changes with any cell, and tells missing from zero', () => {
		const random = new Random(SEED + 1);
		const table = randomTable(random, 30, 0);
		const hash = tableHash(table);
		for (const path of ['metric.sales', 'employee.unit', 'employee.is_remote', 'employee.id']) {
			const changed = selectRows(
				table,
				Uint32Array.from({ length: table.rows }, (_, row) => row)
			);
			const column = changed.columns.get(path);
			const cells = column?.kind === 'text' ? column.codes : column?.values;
			if (cells)
				cells[4] = column?.kind === 'text' ? (cells[4] === 0 ? 1 : 0) : 1 - (cells[4] ?? 0);
			expect(tableHash(changed), path).not.toBe(hash);
		}
		const zero = tableOf(['employee.id', 'period.id', 'metric.a'], ['a', '2025-01', '0']);
		const none = tableOf(['employee.id', 'period.id', 'metric.a'], ['a', '2025-01', '']);
		expect(tableHash(zero)).not.toBe(tableHash(none));
	});

	it('two rows that swap a value are another table', () => {
		const header = ['employee.id', 'period.id', 'metric.a'];
		const one = tableOf(header, ['a', '2025-01', '1'], ['b', '2025-01', '2']);
		const two = tableOf(header, ['a', '2025-01', '2'], ['b', '2025-01', '1']);
		expect(tableHash(one)).not.toBe(tableHash(two));
	});
});

describe('a snapshot', () => {
	it('holds every column in one aligned, shareable buffer', () => {
		const table = randomTable(new Random(SEED + 2), 33);
		const snapshot = snapshotOf(table);
		expect(snapshot.buffer).toBeInstanceOf(SharedArrayBuffer);
		for (const { offset } of snapshot.layout.columns) expect(offset % ALIGNMENT).toBe(0);
		expect(plainRows(tableOfSnapshot(snapshot))).toEqual(plainRows(table));
		expect(tableHash(tableOfSnapshot(snapshot))).toBe(tableHash(table));
	});

	it('comes back from bytes, and cut or foreign bytes are not taken for one', () => {
		const table = randomTable(new Random(SEED + 3), 33);
		const bytes = snapshotToBytes(snapshotOf(table));
		const back = snapshotFromBytes(bytes);
		expect(back && plainRows(tableOfSnapshot(back))).toEqual(plainRows(table));
		expect(snapshotFromBytes(bytes.slice(0, -1))).toBeNull();
		expect(snapshotFromBytes(bytes.slice(0, 40))).toBeNull();
		expect(snapshotFromBytes(new Uint8Array(100))).toBeNull();
		const broken = bytes.slice();
		broken[10] = 0;
		expect(snapshotFromBytes(broken)).toBeNull();
	});

	it('is built row by row over many chunks without holding rows', () => {
		const rows = 100_000;
		const builder = new SnapshotBuilder([
			{ path: 'employee.id', kind: 'text' },
			{ path: 'period.id', kind: 'text' },
			{ path: 'metric.sales', kind: 'number' },
			{ path: 'employee.remote', kind: 'boolean' }
		]);
		for (let i = 0; i < rows; i++)
			builder.append([
				`e${i % 5000}`,
				`2025-${String(1 + (Math.floor(i / 5000) % 12)).padStart(2, '0')}`,
				i % 7 === 0 ? null : i / 4,
				i % 5 === 0 ? undefined : i % 2 === 0
			]);
		const table = tableOfSnapshot(builder.finish());
		const paths = ['employee.id', 'metric.sales', 'employee.remote'];
		const [row] = plainRows(selectRows(table, Uint32Array.of(70_001)), paths);
		expect(row).toEqual({
			'employee.id': 'e1',
			'metric.sales': 70_001 / 4,
			'employee.remote': false
		});
		expect(table.rows).toBe(rows);
		expect(() => builder.append([])).toThrow();
	});
});
