/** The figures of the person at hand: fetched once, and again only when an edit reads others. */
import type { PreviewPeopleBody, PreviewPersonBody } from '#lib/contract/preview.ts';
import { m } from '#lib/paraglide/messages.js';
import { NewestWish } from '../newest-wish.svelte.ts';

export interface PersonChoice {
	readonly employee: string;
	/** The newest of the person unless given. */
	readonly period?: string | undefined;
}

export class PersonFigures {
	readonly #address: string;
	readonly #figures = new NewestWish((choice: PersonChoice) => this.#fetch(choice));
	readonly #search = new NewestWish((text: string) => this.#find(text));
	#choice = $state.raw<PersonChoice | null>(null);
	#body = $state.raw<PreviewPersonBody | null>(null);
	#found = $state.raw<PreviewPeopleBody['people']>([]);
	#problem = $state<string | null>(null);
	readonly #length: () => string;

	/** `length` is the period length of the document at hand. */
	constructor(address: string, length: () => string) {
		this.#address = address;
		this.#length = length;
	}

	get choice(): PersonChoice | null {
		return this.#choice;
	}
	/** Null until they are there. */
	get body(): PreviewPersonBody | null {
		return this.#body;
	}
	get isFetching(): boolean {
		return this.#figures.isBusy;
	}
	get found(): PreviewPeopleBody['people'] {
		return this.#found;
	}
	get problem(): string | null {
		return this.#problem;
	}

	choose(choice: PersonChoice): void {
		this.#choice = choice;
		this.#figures.ask(choice);
	}

	/** Fetches the same person again: an edit reads more than was fetched. */
	renew(): void {
		if (this.#choice) this.#figures.ask(this.#choice);
	}

	find(text: string): void {
		this.#search.ask(text);
	}

	dispose(): void {
		this.#figures.dispose();
		this.#search.dispose();
	}

	async #fetch({ employee, period }: PersonChoice): Promise<void> {
		const body = await this.#get<PreviewPersonBody>('person', { employee, period });
		if (body) this.#body = body;
	}

	async #find(search: string): Promise<void> {
		const body = await this.#get<PreviewPeopleBody>('people', { search });
		if (body) this.#found = body.people;
	}

	async #get<T>(what: string, query: Record<string, string | undefined>): Promise<T | null> {
		const known = Object.entries({ ...query, length: this.#length() }).filter(
			(entry): entry is [string, string] => entry[1] !== undefined
		);
		try {
			const response = await fetch(`${this.#address}/${what}?${new URLSearchParams(known)}`);
			const body = (await response.json()) as T & { title?: string; detail?: string };
			if (this.#figures.isGone) return null;
			this.#problem = response.ok
				? null
				: [body.title, body.detail].filter(Boolean).join(' ') || m.preview_failed();
			return response.ok ? body : null;
		} catch {
			this.#problem = m.preview_failed();
			return null;
		}
	}
}
