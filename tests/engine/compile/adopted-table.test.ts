/** A table in the kernels' own memory scores as the table it came from, without a second copy. */
import { expect, test } from 'vitest';
import { adoptTable, compileScheme } from '#lib/engine/compile/compile.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { Random, seedOf } from '../generators/random.ts';
import { randomScheme, randomTable } from '../generators/scheme.ts';

const seed = seedOf(91);

function bytesOf(table: Table): Map<string, number[]> {
	return new Map(
		[...table.columns].map(([name, column]) => [
			name,
			[...(column.kind === 'text' ? column.codes : column.values)]
		])
	);
}

test.each([1, 2, 63, 64, 501, 1000])(
	`%i adopted rows give the bits of a copied table and stay as they are (seed ${seed})`,
	(rows) => {
		const random = new Random(seed + rows);
		for (let i = 0; i < 10; i++) {
			const table = randomTable(random, rows);
			const prepared = prepareScheme(randomScheme(random));
			const copied = compileScheme(prepared, table, { backend: 'wasm' });
			const adopted = adoptTable(table);
			const inPlace = compileScheme(prepared, adopted, { backend: 'wasm' });
			const second = compileScheme(prepared, adopted, { backend: 'wasm' });
			const expected = copied.score();
			expect(inPlace.score()).toEqual(expected);
			expect(second.score()).toEqual(expected);
			expect({ ...inPlace.run() }).toEqual({ ...copied.run() });
			expect(inPlace.heldBytes).toBeLessThanOrEqual(copied.heldBytes);
			expect(bytesOf(adopted)).toEqual(bytesOf(table));
		}
	}
);

test('an infinite cell of an adopted column is missing', () => {
	const random = new Random(seed);
	const table = randomTable(random, 101);
	for (const column of table.columns.values())
		if (column.kind === 'number') column.values[7] = Infinity;
	const prepared = prepareScheme(randomScheme(random));
	const copied = compileScheme(prepared, table, { backend: 'wasm' });
	const inPlace = compileScheme(prepared, adoptTable(table), { backend: 'wasm' });
	expect(inPlace.score()).toEqual(copied.score());
});
