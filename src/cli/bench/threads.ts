/** How much faster two threads are than one, on the clock. */
import { compileScheme } from '#lib/engine/compile/compile.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { curves } from './curves.ts';
import { measure, median } from './measure.ts';
import { startTwoThreads } from './two-threads.ts';

const ROUNDS = 5;

/**
 * Wall time of one thread divided by that of two: the median of rounds that take turns, so that a moment in
 * which another process has a core does not fall on one side only. Null where memory cannot be shared.
 */
export async function measureThreads(rows: number): Promise<number | null> {
	const table = curves.makeTable(rows);
	const compiled = compileScheme(prepareScheme(curves.document), table, { backend: 'wasm' });
	const threads = await startTwoThreads(compiled, rows);
	if (!threads) return null;
	const ratios: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const one = await measure(() => void compiled.run(), { warmUps: 5 });
		const two = await measure(() => threads.run(), { warmUps: 5 });
		ratios.push(one.wall / two.wall);
	}
	await threads.close();
	return median(ratios);
}
