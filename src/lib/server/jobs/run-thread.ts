/** Runs work in worker threads, a few at a time, with progress, cancel and a time limit. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { LocalText } from '../../engine/diagnostics/diagnostic.ts';
import { Cancelled, type ThreadError, type ThreadMessage, type ThreadStart } from './thread.ts';

export { Cancelled } from './thread.ts';

export interface RunThreadOptions {
	readonly onProgress?: (fraction: number) => void;
	/** Aborting sets the thread's flag, and ends the thread if it does not notice in time. */
	readonly signal?: AbortSignal;
	readonly timeoutMs?: number;
	/** Buffers of the input that move instead of being copied. */
	readonly transfer?: readonly ArrayBuffer[];
	/** The thread is ended beyond this; without it a runaway thread could take all memory there is. */
	readonly heapMb?: number;
}

/** The work in a thread failed; `text` is set where it refused with a sentence. */
export class ThreadFailure extends Error {
	override readonly name = 'ThreadFailure';
	readonly code: string;
	readonly text: LocalText | null;

	constructor(error: ThreadError) {
		super(error.message);
		this.code = error.code;
		this.text = error.text;
		if (error.stack !== undefined) this.stack = error.stack;
	}
}

/** The main thread keeps a core: people go on working while something long runs. */
const MOST_THREADS = Math.max(1, availableParallelism() - 1);
const GRACE_MS = 1_000;
const TIMEOUT_MS = 15 * 60_000;

let active = 0;
const waiting: (() => void)[] = [];

/** Runs a thread file on an input. Rejects with `Cancelled` or `ThreadFailure`. */
export async function runThread<I, O>(
	path: string,
	input: I,
	options: RunThreadOptions = {}
): Promise<O> {
	await place(options.signal);
	try {
		if (options.signal?.aborted) throw new Cancelled('The work was cancelled.');
		return (await runNow(path, input, options)) as O;
	} finally {
		active -= 1;
		waiting.shift()?.();
	}
}

/** Waits until fewer than the allowed number of threads run. */
function place(signal: AbortSignal | undefined): Promise<void> {
	if (signal?.aborted) return Promise.reject(new Cancelled('The work was cancelled.'));
	if (active < MOST_THREADS) {
		active += 1;
		return Promise.resolve();
	}
	return new Promise((resolve, reject) => {
		const enter = () => {
			signal?.removeEventListener('abort', leave);
			active += 1;
			resolve();
		};
		const leave = () => {
			waiting.splice(waiting.indexOf(enter), 1);
			reject(new Cancelled('The work was cancelled.'));
		};
		signal?.addEventListener('abort', leave, { once: true });
		waiting.push(enter);
	});
}

function runNow(path: string, input: unknown, options: RunThreadOptions): Promise<unknown> {
	const cancelled = new SharedArrayBuffer(4);
	const start: ThreadStart = { quanhengThread: true, input, cancelled };
	return new Promise((resolve, reject) => {
		const worker = new Worker(path, {
			workerData: start,
			transferList: [...(options.transfer ?? [])],
			...(options.heapMb === undefined
				? {}
				: { resourceLimits: { maxOldGenerationSizeMb: options.heapMb } })
		});
		let grace: NodeJS.Timeout | undefined;
		const settle = (end: () => void) => {
			clearTimeout(limit);
			clearTimeout(grace);
			options.signal?.removeEventListener('abort', cancel);
			end();
			void worker.terminate();
		};
		const fail = (code: string, message: string) =>
			settle(() => reject(new ThreadFailure({ code, message, text: null, stack: undefined })));
		const cancel = () => {
			Atomics.store(new Int32Array(cancelled), 0, 1);
			grace = setTimeout(
				() => settle(() => reject(new Cancelled('The work was cancelled.'))),
				GRACE_MS
			);
		};
		const limit = setTimeout(
			() => fail('timeout', 'The work took too long and was ended.'),
			options.timeoutMs ?? TIMEOUT_MS
		);
		options.signal?.addEventListener('abort', cancel, { once: true });
		worker.on('message', (message: ThreadMessage) => {
			if (message.kind === 'progress') options.onProgress?.(message.fraction);
			else if (message.kind === 'done') settle(() => resolve(message.result));
			else if (message.kind === 'cancelled') {
				settle(() => reject(new Cancelled('The work was cancelled.')));
			} else settle(() => reject(new ThreadFailure(message.error)));
		});
		worker.on('error', (error) => fail('crashed', error.message));
		worker.on('exit', (code) => fail('crashed', `The thread ended with code ${code}.`));
	});
}
