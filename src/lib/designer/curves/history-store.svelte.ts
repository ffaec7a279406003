import { SvelteMap } from 'svelte/reactivity';
import type { MetricHistory } from './history.ts';

export type HistoryInput = 'actual' | 'attainment';

/** Histories of metrics, asked for once each; the person who is marked is the same on every curve. */
export class HistoryStore {
	readonly #address: string;
	readonly #known = new SvelteMap<string, MetricHistory | null>();
	readonly #asked = new Set<string>();
	#person = $state<string | null>(null);

	constructor(address: string) {
		this.#address = address;
	}

	get person(): string | null {
		return this.#person;
	}
	set person(id: string | null) {
		this.#person = id;
	}

	/** The history; null while it is on its way or where there is none. */
	find(metric: string, input: HistoryInput): MetricHistory | null {
		const known = this.#known.get(this.#key(metric, input, this.#person));
		return known ?? this.#known.get(this.#key(metric, input, null)) ?? null;
	}

	/** Asks for a history that was not asked for before. */
	async load(metric: string, input: HistoryInput): Promise<void> {
		const person = this.#person;
		const key = this.#key(metric, input, person);
		if (this.#asked.has(key)) return;
		this.#asked.add(key);
		const query = new URLSearchParams({ metric, input, ...(person === null ? {} : { person }) });
		try {
			const response = await fetch(`${this.#address}/history?${query}`);
			this.#known.set(key, response.ok ? ((await response.json()) as MetricHistory) : null);
		} catch {
			// Without the network the curve is drawn alone; the next visit asks again.
			this.#asked.delete(key);
		}
	}

	#key(metric: string, input: HistoryInput, person: string | null): string {
		return `${metric} ${input} ${person ?? ''}`;
	}
}
