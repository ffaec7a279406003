/**
 * What only figures tell about the document at hand: the server looks at the last year and answers
 * a moment later. An answer for an older document lends its findings until the next one is there.
 */
import { dataDiagnostics } from '#lib/engine/analyse/data-diagnostics.ts';
import { applyWaivers, type AnalysedDiagnostic } from '#lib/engine/analyse/waivers.ts';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { m } from '#lib/paraglide/messages.js';
import { NewestWish } from '../newest-wish.svelte.ts';
import { asScheme } from '../scheme-shape.ts';

interface CheckAnswer {
	readonly findings: readonly AnalysedDiagnostic[];
	readonly history: { readonly from: string; readonly to: string; readonly rows: number } | null;
}

/** The base version, as the interface names it; null for a draft that starts from nothing. */
export type CheckBaseline = { readonly scheme_id: string; readonly number: number } | null;

/** Findings that the browser cannot have made: they rest on figures. */
const OF_HISTORY = new Set(
	Object.keys(dataDiagnostics).filter((code) => !code.startsWith('needs_'))
);

const ASK_AFTER_MS = 700;

export class HistoryCheck {
	#answer = $state.raw<CheckAnswer | null>(null);
	#answered = $state.raw<JsonObject | null>(null);
	#problem = $state<string | null>(null);
	readonly #wish = new NewestWish((document: JsonObject) => this.#fetch(document));
	#timer: ReturnType<typeof setTimeout> | undefined;
	readonly #address: string;
	readonly #baseline: CheckBaseline;

	constructor(address: string, baseline: CheckBaseline) {
		this.#address = address;
		this.#baseline = baseline;
	}

	get isAsking(): boolean {
		return this.#wish.isBusy;
	}
	/** Periods and rows that were looked at; null before the first answer, or without figures. */
	get history(): CheckAnswer['history'] {
		return this.#answer?.history ?? null;
	}
	/** Why the figures were not looked at, in the reader's language. */
	get problem(): string | null {
		return this.#problem;
	}

	/** What the browser found, with what the figures add. */
	joined(
		document: JsonObject,
		found: readonly AnalysedDiagnostic[]
	): readonly AnalysedDiagnostic[] {
		if (!this.#answer) return found;
		if (this.#answered === document) return this.#answer.findings;
		const scheme = asScheme(document);
		const lent = this.#answer.findings
			.filter(({ code }) => OF_HISTORY.has(code))
			.map(({ waived, ...finding }): AnalysedDiagnostic => ({
				...finding,
				severity: waived === undefined ? finding.severity : 'warning'
			}));
		return [...found, ...(scheme ? applyWaivers(scheme, lent, false) : lent)];
	}

	/** Asks once the hand has rested on a document. */
	askSoon(document: JsonObject): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#wish.ask(document), ASK_AFTER_MS);
	}

	dispose(): void {
		clearTimeout(this.#timer);
		this.#wish.dispose();
	}

	async #fetch(document: JsonObject): Promise<void> {
		try {
			const response = await fetch(this.#address, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ document, baseline: this.#baseline, history: true })
			});
			const body = (await response.json()) as CheckAnswer & { title?: string; detail?: string };
			if (this.#wish.isGone) return;
			if (!response.ok) {
				this.#problem = [body.title, body.detail].filter(Boolean).join(' ');
				return;
			}
			this.#answer = body;
			this.#answered = document;
			this.#problem = null;
		} catch {
			this.#problem = m.preview_failed();
		}
	}
}
