/**
 * What the document at hand does to everybody, computed by the server while the hand moves. One
 * request at a time, and after it one for the newest state; figures of an older state are kept on
 * screen and never called current.
 */
import type { PopulationBody } from '#lib/contract/preview.ts';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { m } from '#lib/paraglide/messages.js';
import { say } from '#lib/ui/local-text.ts';
import { NewestWish } from '../newest-wish.svelte.ts';

export type Population = NonNullable<PopulationBody['population']>;

/**
 * What may be said of the figures on screen:
 * `empty`: there is no item to score · `opening`: nothing was answered yet · `behind`: they are of an
 * older state · `current`: they are of this one · `failed`: there are none of this state, and why.
 */
export type PreviewState = 'empty' | 'opening' | 'behind' | 'current' | 'failed';

interface Asked {
	readonly ask: number;
	readonly document: JsonObject;
}

/** The answer came too late to matter: a newer state of this draft is being scored elsewhere. */
const SUPERSEDED = 'preview_superseded';

export class LivePreview {
	readonly #address: string;
	readonly #wish = new NewestWish((asked: Asked) => this.#fetch(asked));
	#wished = $state(0);
	/** The state that the figures are of, and the newest that anything was said of. */
	#shown = $state(0);
	#answered = $state(0);
	#isEmpty = $state(false);
	#population = $state.raw<Population | null>(null);
	#range = $state.raw<PopulationBody['range']>(null);
	#problem = $state<string | null>(null);

	constructor(address: string) {
		this.#address = address;
	}

	get state(): PreviewState {
		if (this.#isEmpty) return 'empty';
		if (this.#problem !== null && this.#answered === this.#wished) return 'failed';
		if (this.#shown === this.#wished && this.#shown > 0) return 'current';
		return this.#population || this.#problem !== null ? 'behind' : 'opening';
	}
	/** The newest figures there are; of the state at hand only where `state` is `current`. */
	get population(): Population | null {
		return this.#population;
	}
	/** The periods that the figures are of. */
	get range(): PopulationBody['range'] {
		return this.#range;
	}
	/** Why there are no figures of this state, in the reader's language. */
	get problem(): string | null {
		return this.#problem;
	}
	/** How many states were shown to this preview, and the one whose figures are on screen. */
	get wished(): number {
		return this.#wished;
	}
	get shown(): number {
		return this.#shown;
	}

	/** Another state of the document is on screen. */
	wish(document: JsonObject): void {
		this.#wished += 1;
		const { items } = document;
		this.#isEmpty = Array.isArray(items) && items.length === 0;
		if (this.#isEmpty) this.#wish.forget();
		else this.#wish.ask({ ask: this.#wished, document });
	}

	dispose(): void {
		this.#wish.dispose();
	}

	async #fetch({ ask, document }: Asked): Promise<void> {
		try {
			const response = await fetch(this.#address, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ ask, document })
			});
			const body = (await response.json()) as PopulationBody & {
				title?: string;
				detail?: string;
			};
			if (this.#wish.isGone) return;
			if (!response.ok) this.#fail(ask, [body.title, body.detail].filter(Boolean).join(' '));
			else if (body.population) this.#show(ask, body.population, body.range);
			else if (body.reason?.code === SUPERSEDED) this.#fail(ask, m.preview_elsewhere());
			else this.#fail(ask, `${say(body.reason?.text)} ${say(body.reason?.advice)}`.trim());
		} catch {
			if (!this.#wish.isGone) this.#fail(ask, m.preview_failed());
		}
	}

	#show(ask: number, population: Population, range: PopulationBody['range']): void {
		this.#population = population;
		this.#range = range;
		this.#problem = null;
		this.#shown = ask;
		this.#answered = ask;
	}

	#fail(ask: number, problem: string): void {
		this.#problem = problem;
		this.#answered = ask;
	}
}
