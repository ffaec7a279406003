/**
 * One write at a time. The driver is synchronous: a second transaction in the same process would
 * block the event loop for the whole busy timeout and then fail, because the holder of the lock
 * cannot run meanwhile. So writers stand in line here instead.
 */
import { commonProblems } from '../http/problems.ts';
import { refuse } from '../http/problem.ts';

/** More than this many waiting writers are sent away at once instead of after a long wait. */
const LONGEST_LINE = 2_000;

/** A writer that waited this long is sent away: the person has given up by then. */
const LONGEST_WAIT_MS = 15_000;

export class WriteQueue {
	#tail: Promise<unknown> = Promise.resolve();
	#waiting = 0;
	#closed = false;

	/** How many writers wait or run. */
	get length(): number {
		return this.#waiting;
	}

	/** Runs `task` when everything before it has ended, whether it succeeded or not. */
	run<T>(task: () => Promise<T>): Promise<T> {
		if (this.#closed || this.#waiting >= LONGEST_LINE) return Promise.reject(sentAway());
		this.#waiting += 1;
		const enteredAt = performance.now();
		const result = this.#tail.then(async () => {
			if (performance.now() - enteredAt > LONGEST_WAIT_MS) throw sentAway();
			return task();
		});
		this.#tail = result.catch(() => undefined).then(() => (this.#waiting -= 1));
		return result;
	}

	/** Lets no more writers in and waits for those in line. */
	async drain(): Promise<void> {
		this.#closed = true;
		await this.#tail;
	}
}

function sentAway() {
	return refuse(commonProblems, 'busy', { retryAfterSeconds: 5 });
}
