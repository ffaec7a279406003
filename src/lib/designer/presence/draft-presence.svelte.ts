/**
 * Who else has the draft open, asked every few seconds. One window edits, the others read along and
 * may ask for the pen; a window that loses it saves what it has before it lets go.
 */
import { untrack } from 'svelte';
import type { CurrentDraft } from '../workspace/types.ts';

export type Wish = 'edit' | 'read' | 'ask' | 'grant' | 'keep' | 'leave';

/** How things stand, as the server tells this window. */
export interface Attendance {
	readonly revision: number;
	readonly is_editor: boolean;
	readonly editor: { readonly name: string; readonly is_me: boolean } | null;
	readonly others: readonly { readonly name: string; readonly is_editor: boolean }[];
	readonly asked_by: string | null;
	readonly asking: 'waiting' | 'kept' | null;
}

export interface PresenceOptions {
	/** Where the draft lives in the interface. */
	readonly address: string;
	/** This window may hold the pen. */
	readonly mayEdit: boolean;
	/** Called after each answer, before it is shown. */
	readonly onattend: (now: Attendance, before: Attendance | null) => Promise<void>;
}

const EVERY_MS = 4000;
/** While somebody asks, both sides want to know soon. */
const ASKED_EVERY_MS = 1500;

/** A name for this window; `crypto.randomUUID` is missing on plain http. */
function windowName(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(12));
	return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export class DraftPresence {
	#attendance = $state.raw<Attendance | null>(null);
	readonly #options: PresenceOptions;
	readonly #window = windowName();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#isGone = false;
	/** Answers to older calls are not news. */
	#calls = 0;

	constructor(options: PresenceOptions) {
		this.#options = options;
	}

	/** Null before the first answer and while the server cannot be reached. */
	get attendance(): Attendance | null {
		return this.#attendance;
	}

	/** Begins to attend; answers with what ends it. */
	start(): () => void {
		this.#isGone = false;
		// An effect that starts this must not start it again with every answer.
		untrack(() => void this.wish(this.#usual));
		return () => this.leave();
	}

	/** Tells the server a wish and shows its answer. */
	async wish(wish: Wish): Promise<void> {
		clearTimeout(this.#timer);
		const call = ++this.#calls;
		const answer = await this.#call(wish);
		if (call !== this.#calls || this.#isGone) return;
		if (answer) await this.#options.onattend(answer, this.#attendance);
		if (call !== this.#calls) return;
		this.#attendance = answer;
		const isBusy = answer !== null && (answer.asked_by !== null || answer.asking !== null);
		this.#timer = setTimeout(() => void this.wish(this.#usual), isBusy ? ASKED_EVERY_MS : EVERY_MS);
	}

	/** The window closes: the pen is free at once, not only when its lease ends. */
	leave(): void {
		clearTimeout(this.#timer);
		if (this.#isGone) return;
		this.#isGone = true;
		const body = JSON.stringify({ window: this.#window, wish: 'leave' });
		navigator.sendBeacon(
			`${this.#options.address}/presence`,
			new Blob([body], { type: 'application/json' })
		);
	}

	/** The draft as it is now, for a window that reads along. */
	async current(): Promise<CurrentDraft | null> {
		try {
			const response = await fetch(this.#options.address);
			if (!response.ok) return null;
			const { revision, document } = (await response.json()) as CurrentDraft;
			return { revision, document };
		} catch {
			return null;
		}
	}

	get #usual(): Wish {
		// Asking again would take back the answer “not yet”: an open request stays without it, and who
		// reads along takes the pen only where it lies free.
		return this.#options.mayEdit ? 'edit' : 'read';
	}

	async #call(wish: Wish): Promise<Attendance | null> {
		try {
			const response = await fetch(`${this.#options.address}/presence`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ window: this.#window, wish })
			});
			return response.ok ? ((await response.json()) as Attendance) : null;
		} catch {
			return null;
		}
	}
}
