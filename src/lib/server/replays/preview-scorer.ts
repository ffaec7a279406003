/**
 * What the thread of live previews keeps between edits: the history of a draft, and a rescorer that
 * evaluates only what an edit touched. Documents are judged here, off the main thread.
 */
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Dictionary } from '#lib/engine/logic/rule.ts';
import { adoptTable } from '#lib/engine/compile/compile.ts';
import { Rescorer } from '#lib/engine/rescore/rescorer.ts';
import { TOTAL_DEFAULTS, type SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import {
	prepareScheme,
	type PreparedRule,
	type PreparedScheme
} from '#lib/engine/score/prepare.ts';
import { tableOfSnapshot, type Snapshot } from '#lib/engine/table/snapshot.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { peopleByUnit, populationOf, UNIT_PATH, type Population } from './population.ts';

/** All that edits of one draft have in common. */
export interface PreviewGround {
	readonly snapshot: Snapshot;
	/** Variables that the snapshot was asked for. */
	readonly paths: readonly string[];
	readonly baseline: SchemeDocument | null;
	readonly metrics: ReadonlyMap<string, MetricDefinition>;
	readonly dictionary: Dictionary;
}

export type PreviewOutcome =
	| { readonly population: Population }
	/** The document reads variables that the ground has not. */
	| { readonly paths: readonly string[] }
	/** The document is no scheme, or has rules, that could be scored. */
	| { readonly errors: readonly Diagnostic[] };

/** Edges are given for few enough bars to be drawn. */
const BIN_WIDTHS = [1, 2, 5, 10, 20, 25, 50, 100, 250, 500, 1000] as const;
const MOST_BINS = 30;

/** Edges of the bars from the least to the highest total that either scheme can give. */
export function edgesOf(schemes: readonly Pick<SchemeDocument, 'total'>[]): number[] {
	const totals = schemes.map(({ total }) => ({ ...TOTAL_DEFAULTS, ...total }));
	const low = Math.min(...totals.map(({ min }) => min));
	const high = Math.max(...totals.map(({ max }) => max));
	const width: number =
		BIN_WIDTHS.find((known) => (high - low) / known <= MOST_BINS) ??
		10 ** Math.ceil(Math.log10((high - low) / MOST_BINS));
	const first = Math.floor(low / width);
	const last = Math.max(first + 1, Math.ceil(high / width));
	return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * width);
}

class PreviewSession {
	readonly #ground: Omit<PreviewGround, 'snapshot'>;
	readonly #table: Table;
	readonly #people: Uint32Array;
	readonly #paths: ReadonlySet<string>;
	#rescorer: Rescorer | null = null;

	constructor(ground: PreviewGround) {
		const { snapshot, ...rest } = ground;
		this.#ground = rest;
		// The kernels of this thread alone work in the copy, and the snapshot can be let go.
		this.#table = adoptTable(tableOfSnapshot(snapshot));
		this.#people = peopleByUnit(this.#table);
		this.#paths = new Set(ground.paths);
	}

	/** The table and what the rescorer holds beside it. */
	get heldBytes(): number {
		return bytesOf(this.#table) + (this.#rescorer?.heldBytes ?? 0);
	}

	score(document: unknown): PreviewOutcome {
		const { metrics, dictionary, baseline } = this.#ground;
		const { scheme, diagnostics } = parseScheme(document, { metrics, dictionary });
		const errors = diagnostics.filter(({ severity }) => severity === 'error');
		if (!scheme) return { errors };
		const prepared = prepareScheme(scheme);
		// Such a rule fails in every row: people mend it before they look at figures.
		if (rulesOf(prepared).some(({ problem }) => problem)) return { errors };
		const { paths } = prepared;
		if (paths.some((path) => !this.#paths.has(path))) return { paths };
		const rescorer = this.#rescorerFor(scheme);
		const result = rescorer.update(scheme);
		return {
			population: populationOf(
				{
					table: this.#table,
					prepared,
					baseline: baseline && rescorer.baseline,
					people: this.#people
				},
				result
			)
		};
	}

	/** Bars follow the range of totals. */
	#rescorerFor(scheme: SchemeDocument): Rescorer {
		const { baseline } = this.#ground;
		const edges = edgesOf(baseline ? [scheme, baseline] : [scheme]);
		this.#rescorer ??= new Rescorer(this.#table, {
			backend: 'wasm',
			edges,
			groups: [UNIT_PATH],
			...(baseline ? { baseline } : {})
		});
		this.#rescorer.useEdges(edges);
		return this.#rescorer;
	}
}

function bytesOf(table: Table): number {
	let bytes = 0;
	for (const column of table.columns.values())
		bytes += column.kind === 'text' ? column.codes.byteLength : column.values.byteLength;
	return bytes;
}

function rulesOf(prepared: PreparedScheme): PreparedRule[] {
	const { appliesTo, items, adjustments, gates, payout, insights } = prepared;
	return [
		appliesTo,
		...items.flatMap(({ weight, score }) => (weight ? [weight, score] : [score])),
		...adjustments.flatMap(({ when, points }) => [when, points]),
		...[...gates, ...insights].map(({ when }) => when),
		...(payout ? [payout.amount] : [])
	];
}

/** Sessions are let go of beyond this, the longest unused first; the last one stays. */
const BUDGET_BYTES = 512 * 1024 * 1024;

/** The sessions of the thread, by key. */
export class PreviewScorer {
	readonly #sessions = new Map<string, PreviewSession>();

	open(key: string, ground: PreviewGround): void {
		this.#sessions.set(key, new PreviewSession(ground));
	}

	/** Scores a document; null where the session is not open (any more). */
	score(key: string, document: unknown): PreviewOutcome | null {
		const session = this.#sessions.get(key);
		if (!session) return null;
		this.#sessions.delete(key);
		this.#sessions.set(key, session);
		const outcome = session.score(document);
		this.#letGo();
		return outcome;
	}

	#letGo(): void {
		let bytes = [...this.#sessions.values()].reduce((sum, { heldBytes }) => sum + heldBytes, 0);
		for (const [key, { heldBytes }] of this.#sessions) {
			if (bytes <= BUDGET_BYTES || this.#sessions.size === 1) return;
			this.#sessions.delete(key);
			bytes -= heldBytes;
		}
	}
}
