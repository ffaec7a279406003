/**
 * The answer of long work, told while it runs: JSON lines, each `{"progress": …}`, and a last one
 * with the result or the refusal. Work that is refused before it made any progress is refused like
 * everything else, with its own status.
 */
import { Problem } from './problem.ts';

export interface StreamedWork<P> {
	readonly onProgress: (progress: P) => void;
	/** Aborted when nobody reads the answer any more. */
	readonly signal: AbortSignal;
}

/** At most so many lines of progress a second: more than anybody sees. */
const PACE_MS = 100;

/** Runs the work and answers while it runs. */
export async function streamAnswer<P>(
	request: Request,
	work: (tools: StreamedWork<P>) => Promise<unknown>
): Promise<Response> {
	const gone = new AbortController();
	const signal = AbortSignal.any([gone.signal, request.signal]);
	let told = 0;
	let tell: (progress: P) => void = () => undefined;
	let start: () => void = () => undefined;
	const started = new Promise<void>((resolve) => {
		start = resolve;
	});
	const result = work({
		signal,
		onProgress: (progress) => {
			start();
			if (Date.now() - told < PACE_MS) return;
			told = Date.now();
			tell(progress);
		}
	});
	await Promise.race([started, result]);
	const text = new TextEncoder();
	const line = (value: unknown): Uint8Array => text.encode(`${JSON.stringify(value)}\n`);
	const body = new ReadableStream<Uint8Array>({
		start(controller) {
			tell = (progress) => controller.enqueue(line({ progress }));
			const end = (value: unknown): void => {
				tell = () => undefined;
				if (signal.aborted) return;
				controller.enqueue(line(value));
				controller.close();
			};
			result.then(
				(value) => end({ result: value }),
				(error: unknown) => {
					if (error instanceof Problem) {
						const { code, text: words, advice } = error;
						end({ refusal: { code, text: words, advice } });
					} else controller.error(error);
				}
			);
		},
		cancel() {
			tell = () => undefined;
			gone.abort();
		}
	});
	return new Response(body, {
		headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' }
	});
}
