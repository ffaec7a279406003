/**
 * One resident thread that scores previews, so that an edit costs no start of a thread.
 *
 * While one piece of work runs, newer work of the same editor replaces what waits: only the last
 * edit matters. A thread that does not answer in time is ended and a new one started.
 */
import { Worker } from 'node:worker_threads';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import { refuse } from '../http/problem.ts';
import type { PreviewGround, PreviewOutcome } from './preview-scorer.ts';
import type {
	PopulationWork,
	PreviewAnswer,
	PreviewCommand,
	PreviewResult,
	PreviewWork
} from './preview.thread.ts';
import previewThread from './preview.thread.ts?thread';
import { replayProblems } from './problems.ts';
import type { ReplayWork } from './score-sides.ts';

const LONGEST_MS = 15_000;
/** An editor that nobody uses keeps no thread. */
const IDLE_MS = 5 * 60_000;

interface Waiting {
	readonly editor: string;
	readonly work: PreviewWork;
	readonly resolve: (result: PreviewResult) => void;
	readonly reject: (reason: unknown) => void;
}

class PreviewHost {
	#worker: Worker | null = null;
	#running: (Waiting & { readonly uid: number; readonly limit: NodeJS.Timeout }) | null = null;
	#idle: NodeJS.Timeout | undefined;
	#uid = 0;
	#turns = 0;
	/** The newest turn of each editor that came to be scored. */
	readonly #newest = new Map<string, number>();
	readonly #queue: Waiting[] = [];

	/**
	 * The place of an edit in the order in which edits arrive. Taken before anything is awaited: what
	 * an older edit needs may take longer to read, and it must not replace a newer one.
	 */
	takeTurn(): number {
		return ++this.#turns;
	}

	/** The whole report of a document, as a stored replay would give it. */
	async report(editor: string, turn: number, work: ReplayWork): Promise<ReplayReport> {
		const result = await this.#run(editor, turn, { kind: 'report', work });
		if ('report' in result) return result.report;
		throw refuse(replayProblems, 'preview_failed');
	}

	/**
	 * What a document does to everybody, in sums. The thread keeps what edits of one draft have in
	 * common; `open` is asked for it only where the thread has it not.
	 */
	async population(
		editor: string,
		turn: number,
		work: Omit<PopulationWork, 'opened'>,
		open: () => Promise<PreviewGround>
	): Promise<PreviewOutcome> {
		let result = await this.#run(editor, turn, { kind: 'population', work });
		if ('unknownGround' in result) {
			const opened = { ...work, opened: await open() };
			result = await this.#run(editor, turn, { kind: 'population', work: opened });
		}
		if ('outcome' in result) return result.outcome;
		throw refuse(replayProblems, 'preview_failed');
	}

	/** Work of the same editor that still waits is given up, and so is what comes too late. */
	#run(editor: string, turn: number, work: PreviewWork): Promise<PreviewResult> {
		return new Promise((resolve, reject) => {
			if (turn < (this.#newest.get(editor) ?? 0)) {
				reject(refuse(replayProblems, 'preview_superseded'));
				return;
			}
			this.#newest.set(editor, turn);
			const older = this.#queue.findIndex((waiting) => waiting.editor === editor);
			if (older >= 0) {
				this.#queue.splice(older, 1)[0]?.reject(refuse(replayProblems, 'preview_superseded'));
			}
			this.#queue.push({ editor, work, resolve, reject });
			this.#next();
		});
	}

	/** Ends the thread; for tests and for the stop of the server. */
	async close(): Promise<void> {
		clearTimeout(this.#idle);
		this.#newest.clear();
		const worker = this.#worker;
		this.#worker = null;
		await worker?.terminate();
	}

	#next(): void {
		if (this.#running) return;
		const waiting = this.#queue.shift();
		if (!waiting) {
			this.#idle = setTimeout(() => void this.close(), IDLE_MS);
			this.#idle.unref();
			return;
		}
		clearTimeout(this.#idle);
		const uid = ++this.#uid;
		const limit = setTimeout(() => this.#giveUp(), LONGEST_MS);
		this.#running = { ...waiting, uid, limit };
		const command: PreviewCommand = { uid, work: waiting.work };
		this.#started().postMessage(command);
	}

	#started(): Worker {
		if (this.#worker) return this.#worker;
		const worker = new Worker(previewThread, { workerData: { quanhengThread: true } });
		// A resident thread must not keep the process alive.
		worker.unref();
		worker.on('message', (answer: PreviewAnswer) => this.#settle(answer));
		worker.on('error', () => this.#giveUp());
		this.#worker = worker;
		return worker;
	}

	#settle(answer: PreviewAnswer): void {
		const running = this.#running;
		if (running?.uid !== answer.uid) return;
		clearTimeout(running.limit);
		this.#running = null;
		if ('result' in answer) running.resolve(answer.result);
		else running.reject(failureOf(running.work, answer.failed.code));
		this.#next();
	}

	/** The thread crashed or hangs: whoever waits for it hears so, the others get a new thread. */
	#giveUp(): void {
		const running = this.#running;
		this.#running = null;
		void this.close();
		if (running) {
			clearTimeout(running.limit);
			running.reject(refuse(replayProblems, 'preview_failed'));
		}
		this.#next();
	}
}

function failureOf({ kind, work }: PreviewWork, code: string) {
	if (kind !== 'report' || code !== 'range_empty') return refuse(replayProblems, 'preview_failed');
	const details = { from: work.periods[0] ?? '', to: work.periods.at(-1) ?? '' };
	return refuse(replayProblems, code, { details });
}

/** The host of this process. */
export const previewHost = new PreviewHost();
