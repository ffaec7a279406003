/** A second thread on the memory of the first: it scores the rows that it is told to. */
import { parentPort, workerData } from 'node:worker_threads';
import { attachKernel, type SharedKernel } from '#lib/engine/compile/wasm/backend.ts';

const kernel = attachKernel(workerData as SharedKernel);

parentPort?.on('message', ({ from, to }: { from: number; to: number }) => {
	kernel.scoreRange(from, to);
	parentPort?.postMessage('done');
});
