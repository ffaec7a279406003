/**
 * How often conditions held in the history, as the server counts them. Answers are kept by exactly
 * what was asked, so an answer to an older condition is never shown for a newer one; questions of
 * one moment travel together, and what nobody waits for any more is given up.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Json, JsonObject, Rule } from '#lib/engine/logic/rule.ts';
import { m } from '#lib/paraglide/messages.js';

export interface Neighbour {
	readonly employee: string;
	readonly name: string | null;
	readonly period: string;
	readonly value: number | string | boolean | null;
}

export interface Hits {
	readonly hidden: 'unsound' | 'pay' | 'small' | null;
	readonly people: number | null;
	readonly rows: number | null;
	readonly unknown: number | null;
	readonly meets: readonly Neighbour[];
	readonly misses: readonly Neighbour[];
	/** People and rows that were looked at, and when. */
	readonly ofPeople: number;
	readonly ofRows: number;
	readonly range: { readonly from: string; readonly to: string };
}

export interface HitQuestion {
	readonly conditions: readonly Rule[];
	readonly item?: string | undefined;
	/** Only the first condition that holds counts. */
	readonly first?: boolean;
	readonly everybody?: boolean;
}

interface Wanted {
	readonly question: HitQuestion;
	readonly document: JsonObject;
	readonly key: string;
	watchers: number;
}

interface Asked {
	readonly keys: readonly string[];
	readonly abort: AbortController;
}

interface Answer {
	readonly range: Hits['range'];
	readonly people: number;
	readonly rows: number;
	readonly conditions: readonly (Omit<Hits, 'ofPeople' | 'ofRows' | 'range'> & { id: string })[];
	readonly title?: string;
	readonly detail?: string;
}

const ASK_AFTER_MS = 350;
/** Conditions in one request: what the server takes. */
const MOST_AT_ONCE = 80;

/** What of a scheme decides a count besides the condition: who is scored, and the scores if read. */
function groundOf(document: JsonObject, conditions: string): Json {
	const readsOutcome = /"(?:items\.|base_score"|score"|grade")/.test(conditions);
	return readsOutcome ? document : [document['period'] ?? null, document['applies_to'] ?? null];
}

export function questionKey(question: HitQuestion, document: JsonObject): string {
	const conditions = JSON.stringify(question.conditions);
	const { item = null, first = false, everybody = false } = question;
	return JSON.stringify([conditions, item, first, everybody, groundOf(document, conditions)]);
}

export class HitBoard {
	readonly #answers = new SvelteMap<string, readonly Hits[]>();
	readonly #problems = new SvelteMap<string, string>();
	readonly #wanted = new Map<string, Wanted>();
	readonly #asked = new Set<Asked>();
	#timer: ReturnType<typeof setTimeout> | undefined;
	readonly #address: () => string;

	constructor(address: () => string) {
		this.#address = address;
	}

	/** The answer to exactly this question; null until it is there. */
	answerTo(key: string): readonly Hits[] | null {
		return this.#answers.get(key) ?? null;
	}

	/** Why nothing was counted, in the reader's language. */
	problemOf(key: string): string | null {
		return this.#problems.get(key) ?? null;
	}

	/** Wants an answer from now on; the result ends that. */
	watch(question: HitQuestion, document: JsonObject): () => void {
		const key = questionKey(question, document);
		const known = this.#wanted.get(key);
		if (known) known.watchers += 1;
		else this.#wanted.set(key, { question, document, key, watchers: 1 });
		if (!this.#answers.has(key)) this.#askSoon();
		return () => this.#leave(key);
	}

	#leave(key: string): void {
		const wanted = this.#wanted.get(key);
		if (!wanted) return;
		wanted.watchers -= 1;
		if (wanted.watchers > 0) return;
		this.#wanted.delete(key);
		// Whoever leaves may come back at once with the same question.
		setTimeout(() => this.#giveUp(), 0);
	}

	/** Ends the requests for which nobody waits any more. */
	#giveUp(): void {
		for (const asked of this.#asked)
			if (!asked.keys.some((other) => this.#wanted.has(other))) asked.abort.abort();
	}

	#askSoon(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#ask(), ASK_AFTER_MS);
	}

	#ask(): void {
		const under = new Set([...this.#asked].flatMap(({ keys }) => keys));
		const open = [...this.#wanted.values()].filter(
			({ key }) => !this.#answers.has(key) && !under.has(key)
		);
		for (const batch of batchesOf(open)) void this.#fetch(batch);
	}

	async #fetch(batch: readonly Wanted[]): Promise<void> {
		const [head] = batch;
		if (!head) return;
		const asked: Asked = { keys: batch.map(({ key }) => key), abort: new AbortController() };
		this.#asked.add(asked);
		const conditions = batch.flatMap(({ question: { conditions: rules, item } }, at) =>
			rules.map((when, index) => ({ id: `${at}/${index}`, when, ...(item ? { item } : {}) }))
		);
		try {
			const response = await fetch(this.#address(), {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({
					document: head.document,
					conditions,
					first: head.question.first ?? false,
					everybody: head.question.everybody ?? false
				}),
				signal: asked.abort.signal
			});
			const answer = (await response.json()) as Answer;
			if (response.ok) this.#keep(batch, answer);
			else this.#fail(batch, [answer.title, answer.detail].filter(Boolean).join(' '));
		} catch {
			if (!asked.abort.signal.aborted) this.#fail(batch, m.conditions_hits_failed());
		} finally {
			this.#asked.delete(asked);
			if (asked.abort.signal.aborted) this.#askSoon();
		}
	}

	#keep(batch: readonly Wanted[], answer: Answer): void {
		const byId = new Map(answer.conditions.map((one) => [one.id, one]));
		const more = { ofPeople: answer.people, ofRows: answer.rows, range: answer.range };
		batch.forEach(({ key, question }, at) => {
			const hits = question.conditions.flatMap((_, index) => {
				const one = byId.get(`${at}/${index}`);
				return one ? [{ ...one, ...more }] : [];
			});
			this.#problems.delete(key);
			this.#answers.set(key, hits);
		});
	}

	#fail(batch: readonly Wanted[], problem: string): void {
		for (const { key } of batch) this.#problems.set(key, problem);
	}
}

/** Questions that may travel together: an if-chain alone, the others by whom they are about. */
function batchesOf(open: readonly Wanted[]): readonly (readonly Wanted[])[] {
	const batches: Wanted[][] = [];
	for (const wanted of open) {
		const { question, document } = wanted;
		const batch = batches.find(([head, ...rest]) => {
			if (!head || head.question.first || question.first) return false;
			const count = [head, ...rest].reduce(
				(sum, other) => sum + other.question.conditions.length,
				question.conditions.length
			);
			return (
				head.document === document &&
				(head.question.everybody ?? false) === (question.everybody ?? false) &&
				count <= MOST_AT_ONCE
			);
		});
		if (batch) batch.push(wanted);
		else batches.push([wanted]);
	}
	return batches;
}

let board: HitBoard | null = null;

/** The board of the client whose page is open. */
export function hitBoard(): HitBoard {
	board ??= new HitBoard(() => {
		const client = /^\/clients\/([^/]+)/.exec(location.pathname)?.[1] ?? '';
		return `/api/v1/clients/${client}/condition-hits`;
	});
	return board;
}
