/**
 * One piece of work at a time; while it runs, only the newest wish is kept. A hand that moves makes
 * more wishes than can be fulfilled, and all but the last one are of no use to anybody.
 */
export class NewestWish<T> {
	readonly #fulfil: (wish: T) => Promise<void>;
	#waiting: { readonly wish: T } | null = null;
	#runs = false;
	#isBusy = $state(false);
	#isGone = false;

	/** `fulfil` says itself what went wrong: it does not throw. */
	constructor(fulfil: (wish: T) => Promise<void>) {
		this.#fulfil = fulfil;
	}

	/** A wish is being fulfilled. */
	get isBusy(): boolean {
		return this.#isBusy;
	}
	/** Nobody waits any more: what comes late is to be dropped. */
	get isGone(): boolean {
		return this.#isGone;
	}

	ask(wish: T): void {
		this.#waiting = { wish };
		if (!this.#runs) void this.#run();
	}

	/** What was asked and not begun is not wanted any more. */
	forget(): void {
		this.#waiting = null;
	}

	dispose(): void {
		this.#isGone = true;
		this.#waiting = null;
	}

	async #run(): Promise<void> {
		this.#runs = true;
		this.#isBusy = true;
		while (this.#waiting && !this.#isGone) {
			const { wish } = this.#waiting;
			this.#waiting = null;
			await this.#fulfil(wish);
		}
		this.#runs = false;
		this.#isBusy = false;
	}
}
