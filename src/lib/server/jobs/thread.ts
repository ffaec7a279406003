/** The inside of a worker thread: one call of `serveThread` at the end of a `*.thread.ts` file. */
import { parentPort, workerData } from 'node:worker_threads';
import type { LocalText } from '../../engine/diagnostics/diagnostic.ts';
import { Problem } from '../http/problem.ts';

/** What a thread is started with. `quanhengThread` also keeps it from writing to databases. */
export interface ThreadStart {
	readonly quanhengThread: true;
	readonly input: unknown;
	/** One integer: 1 once the work was cancelled. */
	readonly cancelled: SharedArrayBuffer;
}

export type ThreadMessage =
	| { readonly kind: 'progress'; readonly fraction: number }
	| { readonly kind: 'done'; readonly result: unknown }
	| { readonly kind: 'cancelled' }
	| { readonly kind: 'failed'; readonly error: ThreadError };

/** A failure as it crosses the thread's border. */
export interface ThreadError {
	readonly code: string;
	readonly message: string;
	readonly text: LocalText | null;
	readonly stack: string | undefined;
}

/** What the work may ask for while it runs. */
export interface ThreadTools {
	/** Tells how far the work is, from 0 to 1; cheap enough to call in a loop. */
	progress(fraction: number): void;
	/** True once the work should stop. It stops by throwing `Cancelled`, or by `assertWanted`. */
	isCancelled(): boolean;
	/** Throws `Cancelled` once the work should stop. */
	assertWanted(): void;
}

/** Thrown inside a thread that notices it was cancelled. */
export class Cancelled extends Error {
	override readonly name = 'Cancelled';
}

const PROGRESS_EVERY_MS = 100;

/** Runs the thread's work on the input it was started with and posts what came out. */
export function serveThread<I, O>(
	work: (input: I, tools: ThreadTools) => O | Promise<O>,
	transfer: (result: O) => readonly ArrayBuffer[] = () => []
): void {
	const port = parentPort;
	if (!port) throw new Error('This file runs in a worker thread.');
	const start = workerData as ThreadStart;
	const flag = new Int32Array(start.cancelled);
	let toldAt = 0;
	const post = (message: ThreadMessage, list: readonly ArrayBuffer[] = []) =>
		port.postMessage(message, [...list]);
	const tools: ThreadTools = {
		progress(fraction) {
			const now = performance.now();
			if (now - toldAt < PROGRESS_EVERY_MS && fraction < 1) return;
			toldAt = now;
			post({ kind: 'progress', fraction });
		},
		isCancelled: () => Atomics.load(flag, 0) === 1,
		assertWanted() {
			if (tools.isCancelled()) throw new Cancelled('The work was cancelled.');
		}
	};
	Promise.resolve()
		.then(() => work(start.input as I, tools))
		.then(
			(result) => post({ kind: 'done', result }, transfer(result)),
			(error: unknown) =>
				post(
					error instanceof Cancelled
						? { kind: 'cancelled' }
						: { kind: 'failed', error: threadError(error) }
				)
		);
}

function threadError(error: unknown): ThreadError {
	if (error instanceof Problem) {
		return { code: error.code, message: error.message, text: error.text, stack: error.stack };
	}
	const message = error instanceof Error ? error.message : String(error);
	const stack = error instanceof Error ? error.stack : undefined;
	return { code: 'unexpected', message, text: null, stack };
}
