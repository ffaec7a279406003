/** Neither the number of threads nor the order of rows changes a bit. */
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { compileScheme } from '#lib/engine/compile/compile.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import type { Column, Table } from '#lib/engine/table/table.ts';
import scoreHalfThread from '../../../src/cli/bench/score-half.thread.ts?thread';
import { Random, seedOf } from '../generators/random.ts';
import { randomScheme, randomTable } from '../generators/scheme.ts';

const seed = seedOf(77);

function reordered(table: Table, order: readonly number[]): Table {
	const columns = new Map<string, Column>();
	for (const [name, column] of table.columns) {
		if (column.kind === 'number')
			columns.set(name, {
				kind: 'number',
				values: Float64Array.from(order, (row) => column.values[row] ?? NaN)
			});
		else if (column.kind === 'text')
			columns.set(name, {
				...column,
				codes: Int32Array.from(order, (row) => column.codes[row] ?? -1)
			});
		else
			columns.set(name, {
				kind: 'boolean',
				values: Uint8Array.from(order, (row) => column.values[row] ?? 2)
			});
	}
	return { ...table, columns };
}

test(`two threads on one memory score what one scores (seed ${seed})`, async () => {
	const random = new Random(seed);
	const table = randomTable(random, 5001);
	const compiled = compileScheme(prepareScheme(randomScheme(random)), table, { backend: 'wasm' });
	const { score, payout, outcome } = compiled.run();
	const alone = { score: score.slice(), payout: payout.slice(), outcome: outcome.slice() };
	const shared = compiled.share();
	if (!shared) throw new Error('Node shares memory between threads.');
	score.fill(-1);
	outcome.fill(255);
	const worker = new Worker(scoreHalfThread, { workerData: shared });
	try {
		const done = new Promise((resolve, reject) => {
			worker.once('message', resolve);
			worker.once('error', reject);
		});
		worker.postMessage({ from: 0, to: 2500 });
		compiled.scoreRange(2500, table.rows);
		await done;
		expect({ ...compiled.totals }).toEqual(alone);
	} finally {
		await worker.terminate();
	}
});

describe.each(['wasm', 'blocks'] as const)('%s', (backend) => {
	test(`gives every row the same in any order of rows (seed ${seed})`, () => {
		const random = new Random(seed + 1);
		for (let i = 0; i < 10; i++) {
			const table = randomTable(random, 200 + random.int(0, 1));
			const prepared = prepareScheme(randomScheme(random));
			const order = random.shuffle(Array.from({ length: table.rows }, (_, row) => row));
			const straight = compileScheme(prepared, table, { backend }).run();
			const shuffled = compileScheme(prepared, reordered(table, order), { backend }).run();
			order.forEach((row, position) => {
				expect(shuffled.outcome[position]).toBe(straight.outcome[row]);
				expect(shuffled.score[position]).toBe(straight.score[row]);
				expect(shuffled.payout[position]).toBe(straight.payout[row]);
			});
		}
	});

	test('scores an empty table and columns of only missing numbers', () => {
		const random = new Random(seed + 2);
		const prepared = prepareScheme(randomScheme(random));
		const none = randomTable(random, 0);
		expect(compileScheme(prepared, none, { backend }).score().rows).toBe(0);
		const empty = randomTable(random, 9, 1);
		const columns = compileScheme(prepared, empty, { backend }).score();
		expect(columns.rows).toBe(9);
	});
});
