/** How much faster two threads are than one, on the clock. */
import { compileScheme } from '#lib/engine/compile/compile.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { curves } from './curves.ts';
import { measure } from './measure.ts';
import { startTwoThreads } from './two-threads.ts';

/** Wall time of one thread divided by that of two; null where memory cannot be shared. */
export async function measureThreads(rows: number): Promise<number | null> {
	const table = curves.makeTable(rows);
	const compiled = compileScheme(prepareScheme(curves.document), table, { backend: 'wasm' });
	const one = await measure(() => void compiled.run(), { warmUps: 10 });
	const threads = await startTwoThreads(compiled, rows);
	if (!threads) return null;
	const two = await measure(() => threads.run(), { warmUps: 10 });
	await threads.close();
	return one.wall / two.wall;
}
