/** What each choice does to scores, read apart from the plan because it takes seconds. */
import type { BothTexts } from '#lib/ui/local-text.ts';

export interface ChoiceEffect {
	readonly rising: number;
	readonly falling: number;
	readonly same: number;
	readonly gradeUp: number;
	readonly gradeDown: number;
	readonly meanDelta: number | null;
}

export interface ConflictEffect {
	readonly conflict: string;
	readonly schemes: readonly string[];
	readonly ours: ChoiceEffect;
	readonly theirs: ChoiceEffect;
}

interface Effects {
	readonly effects: readonly ConflictEffect[];
	readonly range: { readonly from: string; readonly to: string } | null;
}

interface Refused {
	readonly text: BothTexts;
	readonly advice: BothTexts;
}

export class EffectsReader {
	#running = $state.raw<AbortController | null>(null);
	#found = $state.raw<Effects | null>(null);
	#refusal = $state.raw<Refused | null>(null);

	get isRunning(): boolean {
		return this.#running !== null;
	}

	/** The replays ended, with or without history to run over. */
	get isRead(): boolean {
		return this.#found !== null;
	}

	get range(): Effects['range'] {
		return this.#found?.range ?? null;
	}

	get refusal(): Refused | null {
		return this.#refusal;
	}

	/** The effects of a conflict's choices; null while they are not known. */
	of(conflict: string): ConflictEffect | null {
		return this.#found?.effects.find((effect) => effect.conflict === conflict) ?? null;
	}

	/** Asks the server; a second call stops the first. */
	async read(address: string, version: string): Promise<void> {
		this.stop();
		const controller = new AbortController();
		this.#running = controller;
		this.#refusal = null;
		try {
			const response = await fetch(address, {
				method: 'POST',
				headers: { 'content-type': 'application/json', accept: 'application/json' },
				body: JSON.stringify({ version }),
				signal: controller.signal
			});
			const body: unknown = await response.json();
			if (response.ok) this.#found = body as Effects;
			else this.#refusal = body as Refused;
		} catch (error) {
			if (!controller.signal.aborted) throw error;
		} finally {
			if (this.#running === controller) this.#running = null;
		}
	}

	stop(): void {
		this.#running?.abort();
		this.#running = null;
	}
}
