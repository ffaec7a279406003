/** One table, two threads: each scores half of the rows in the same memory. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { CompiledScheme } from '#lib/engine/compile/compile.ts';
import scoreHalfThread from './score-half.thread.ts?thread';

export interface TwoThreads {
	/** Scores all rows, half of them here. */
	run(): Promise<void>;
	close(): Promise<void>;
}

/** Starts the second thread; null where memory cannot be shared. */
export async function startTwoThreads(
	compiled: CompiledScheme,
	rows: number
): Promise<TwoThreads | null> {
	const shared = compiled.share();
	if (!shared) return null;
	const worker = new Worker(scoreHalfThread, { workerData: shared });
	await once(worker, 'online');
	const middle = Math.floor(rows / 4) * 2;
	return {
		async run() {
			const done = once(worker, 'message');
			worker.postMessage({ from: 0, to: middle });
			compiled.scoreRange(middle, rows);
			await done;
		},
		async close() {
			await worker.terminate();
		}
	};
}
