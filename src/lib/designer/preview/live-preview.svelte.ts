/**
 * The effect of the document at hand, computed by the server while the hand moves. One request at a
 * time; an answer for an older document is dropped and never shown as current.
 */
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import { m } from '#lib/paraglide/messages.js';
import type { BothTexts } from '#lib/ui/local-text.ts';

export interface PreviewAnswer {
	readonly report: ReplayReport;
	readonly verdict: BothTexts;
	readonly range: { readonly from: string; readonly to: string };
}

const SUPERSEDED = 'preview_superseded';

export class LivePreview {
	#answer = $state.raw<PreviewAnswer | null>(null);
	#problem = $state<string | null>(null);
	#answered = $state.raw<JsonObject | null>(null);
	readonly #address: string;
	#wanted: JsonObject | null = null;
	#isAsking = false;
	#isGone = false;

	constructor(address: string) {
		this.#address = address;
	}

	get answer(): PreviewAnswer | null {
		return this.#answer;
	}
	/** Why nothing newer can be shown, in the reader's language. */
	get problem(): string | null {
		return this.#problem;
	}
	/** True when what is shown is of exactly this document. */
	isOf(document: JsonObject): boolean {
		return this.#answered === document;
	}

	/** Asks for a document; while one is being computed, only the newest wish is kept. */
	ask(document: JsonObject): void {
		this.#wanted = document;
		if (!this.#isAsking) void this.#run();
	}

	dispose(): void {
		this.#isGone = true;
	}

	async #run(): Promise<void> {
		this.#isAsking = true;
		while (this.#wanted && !this.#isGone) {
			const document: JsonObject = this.#wanted;
			this.#wanted = null;
			await this.#fetch(document);
		}
		this.#isAsking = false;
	}

	async #fetch(document: JsonObject): Promise<void> {
		try {
			const response = await fetch(this.#address, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ document })
			});
			const body = (await response.json()) as PreviewAnswer & {
				code?: string;
				title?: string;
				detail?: string;
			};
			if (this.#isGone || body.code === SUPERSEDED) return;
			if (!response.ok) {
				this.#problem = [body.title, body.detail].filter(Boolean).join(' ');
				return;
			}
			this.#answer = body;
			this.#answered = document;
			this.#problem = null;
		} catch {
			this.#problem = m.schemes_preview_failed();
		}
	}
}
