/**
 * Re-scoring while a hand moves: a rescorer holds a table, keeps what each item's rule gave, and on
 * every edit evaluates only the items that changed. A new weight, threshold, cap or grade is a
 * recombination of kept columns in one pass, and totals, grades, histogram, migration and sums per
 * group come out of that pass. The result is bit-identical to a full run.
 *
 * It uses nothing of a platform and lives as well in a worker thread as on a page.
 */
import type { Backend, BackendName, Kernel } from '../compile/backend.ts';
import { CompiledScheme, createBackend, MOST_GRADES } from '../compile/compile.ts';
import { SourceColumns } from '../compile/facts.ts';
import type { GraphNode } from '../compile/graph-node.ts';
import { resolveScheme, type ResolvedScheme } from '../compile/interpreted.ts';
import { readTotals, totalOutputs, totalsProgram } from '../compile/outputs.ts';
import type { Output, Tally } from '../compile/program.ts';
import { writtenRule } from '../compile/lower/scheme-rules.ts';
import { openWeights } from '../compile/scheme-items.ts';
import { tabulateProgram } from '../compile/tabulate.ts';
import type { OutcomeCodes } from '../compile/scheme-graph.ts';
import type { SchemeDocument } from '../scheme/document.ts';
import { ScoringMemo } from '../score/memo.ts';
import { prepareScheme, type PreparedScheme } from '../score/prepare.ts';
import type { ScoreColumns } from '../score/score-columns.ts';
import type { Table } from '../table/table.ts';
import { keptName, outcomeColumn } from './columns.ts';
import {
	columnSums,
	groupResults,
	matrixOf,
	outcomeCounts,
	type Movement,
	type RescoreResult
} from './result.ts';
import { recount, scorePlainly } from './recount.ts';
import { differsInWeightsOnly } from './reweigh.ts';
import { addExactly, talliesOf, tallyName, type TallyOptions } from './tallies.ts';

export interface RescorerOptions {
	readonly backend: BackendName;
	/** What the draft is compared with, scored once and as it is. */
	readonly baseline?: SchemeDocument;
	/** Text columns to compare groups by; those with few values. */
	readonly groups?: readonly string[];
	/** Edges of the histogram, ascending. */
	readonly edges?: readonly number[];
	/** Weights that miss 100 are scaled, as in every preview. */
	readonly preview?: boolean;
}

/** Groups with more values are not tallied. */
const MOST_GROUP_VALUES = 1000;
/** 0, 5, …, 120. */
const EDGES: readonly number[] = Array.from({ length: 25 }, (_, i) => i * 5);

/** A score and an outcome code. */
const BASELINE_BYTES = 12;

/** What the baseline gave, scored once. */
export interface Baseline {
	readonly prepared: PreparedScheme;
	readonly histogram: readonly number[];
	/** By row, missing where it was not scored. */
	readonly scores: Float64Array;
	/** Sum of all payouts in minor units; 0 where it pays none. */
	readonly payoutUnits: number;
}

/** A kernel that recombines kept columns, and what it was made of. */
interface Recombination {
	readonly document: SchemeDocument;
	readonly prepared: PreparedScheme;
	readonly resolved: ResolvedScheme;
	readonly kernel: Kernel;
	readonly tallies: readonly Tally[];
	readonly options: TallyOptions;
}

export class Rescorer {
	readonly #table: Table;
	readonly #options: RescorerOptions;
	readonly #columns: SourceColumns;
	readonly #backend: Backend;
	#edges: readonly number[];
	readonly #groups: readonly string[];
	#baseline: Baseline | null;
	/** What each kept column holds: the rule it came from. */
	readonly #kept = new Map<string, string>();
	/** An edit parses only the rules that it replaced; documents are never changed in place. */
	readonly #memo = new ScoringMemo();
	#scored: SchemeDocument | PreparedScheme | null = null;
	/** Serves the next edit if that moves nothing but weights. */
	#ready: Recombination | null = null;

	constructor(table: Table, options: RescorerOptions) {
		this.#table = table;
		this.#options = options;
		this.#columns = new SourceColumns(table);
		this.#backend = createBackend(options.backend, this.#columns);
		this.#edges = options.edges ?? EDGES;
		this.#groups = (options.groups ?? []).filter((path) => {
			const dictionary = this.#columns.dictionary(path);
			return dictionary !== null && dictionary.length <= MOST_GROUP_VALUES;
		});
		this.#baseline = options.baseline ? this.#scoreBaseline(prepareScheme(options.baseline)) : null;
	}

	/** The back end in use: `blocks` where the platform has no WebAssembly. */
	get backend(): BackendName {
		return this.#backend.name;
	}

	/** What every update is compared with; null without a baseline. */
	get baseline(): Baseline | null {
		return this.#baseline;
	}

	/** Counts into other bars from the next update on. */
	useEdges(edges: readonly number[]): void {
		if (edges.length === this.#edges.length && edges.every((edge, i) => edge === this.#edges[i]))
			return;
		this.#edges = edges;
		this.#ready = null;
		if (!this.#baseline) return;
		this.#baseline = { ...this.#baseline, histogram: histogramOf(this.#baseline.scores, edges) };
	}

	/** Bytes held beside the table: by the back end, and the baseline's scores and outcomes. */
	get heldBytes(): number {
		const baseline = this.#baseline ? BASELINE_BYTES * this.#table.rows : 0;
		return this.#backend.heldBytes + baseline;
	}

	#scoreBaseline(prepared: PreparedScheme): Baseline {
		const resolved = this.#resolve(prepared, false);
		const { nodes, troubled } = resolved;
		const { count } = nodes.outcomes;
		const program = tabulateProgram(nodes.graph, totalsProgram(nodes));
		this.#backend.prepare(program).run(0, this.#table.rows);
		const totals = readTotals(this.#backend, nodes);
		scorePlainly(prepared, this.#table, totals, {
			rows: troubled,
			preview: false,
			outcomes: nodes.outcomes
		});
		const score = totals.score.slice();
		this.#columns.add(keptName.baselineScore, { kind: 'number', values: score });
		this.#columns.add(keptName.baselineOutcome, outcomeColumn(totals.outcome, count));
		this.#forget(resolved);
		return {
			prepared,
			histogram: histogramOf(score, this.#edges),
			scores: score,
			payoutUnits: prepared.payout ? addExactly(totals.payout, prepared.payout.decimals) : 0
		};
	}

	#resolve(prepared: PreparedScheme, preview: boolean, hasOpenWeights = false): ResolvedScheme {
		if (prepared.grades.length > MOST_GRADES)
			throw new Error(`A scheme has at most ${MOST_GRADES} grades.`);
		return resolveScheme(prepared, this.#table, this.#columns, this.#backend, {
			preview,
			fiscalMonth: this.#table.fiscalMonth ?? 1,
			hasOpenWeights
		});
	}

	/** What later rules gave depends on one scheme; what items gave serves the next one too. */
	#forget({ interpreted }: ResolvedScheme): void {
		for (const { phase, column } of interpreted) {
			if (phase === 'item') continue;
			this.#columns.remove(column);
			this.#backend.refresh(column);
		}
	}

	/** Scores the table by an edited scheme. The document must have passed structural validation. */
	update(document: SchemeDocument | PreparedScheme): RescoreResult {
		const isPrepared = 'appliesTo' in document;
		const weights = isPrepared ? null : openWeights(document);
		this.#scored = document;
		if (!isPrepared && weights && this.#ready) {
			const ready = this.#ready;
			if (differsInWeightsOnly(ready.document, document)) {
				setAll(ready.kernel, weights);
				return this.#run(ready, [], false);
			}
		}
		this.#ready = null;
		const prepared = isPrepared ? document : prepareScheme(document, { memo: this.#memo });
		const hasOpenWeights = weights !== null && this.#backend.hasOpenNumbers;
		const resolved = this.#resolve(prepared, this.#options.preview ?? true, hasOpenWeights);
		const { recombination, evaluated, keys } = this.#prepare(prepared, resolved);
		if (weights && resolved.hasOpenWeights) setAll(recombination.kernel, weights);
		const result = this.#run(recombination, evaluated, recombination.kernel.isNew);
		for (const [name, key] of keys) this.#kept.set(name, key);
		this.#forget(resolved);
		if (resolved.hasOpenWeights && evaluated.length === 0) this.#ready = recombination;
		return result;
	}

	/** All columns of the scorecards of the last update. */
	scorecards(): ScoreColumns {
		if (!this.#scored) throw new Error('Nothing was scored yet.');
		const prepared =
			'appliesTo' in this.#scored
				? this.#scored
				: prepareScheme(this.#scored, { memo: this.#memo });
		return new CompiledScheme(prepared, this.#table, {
			backend: this.#options.backend,
			preview: this.#options.preview ?? true
		}).score();
	}

	/** The kernel for a scheme; items whose rules are as they were come from kept columns. */
	#prepare(
		prepared: PreparedScheme,
		resolved: ResolvedScheme
	): {
		recombination: Recombination;
		evaluated: string[];
		/** What the columns of items hold once the kernel has run. */
		keys: ReadonlyMap<string, string>;
	} {
		const { nodes } = resolved;
		const outputs: Output[] = totalOutputs(nodes);
		const kept = new Map<GraphNode, string>();
		const evaluated: string[] = [];
		const keys = new Map<string, string>();
		nodes.items.forEach(({ id, rawScore }, index) => {
			// A column as it is or a constant is as near as a kept copy of it.
			if (rawScore.args.length === 0) return;
			const item = prepared.items[index];
			const name = keptName.item(id);
			const key = item ? `${item.metric}:${writtenRule(item.score)}` : '';
			if (this.#kept.get(name) === key) kept.set(rawScore, name);
			else {
				outputs.push({ name, node: rawScore, store: 'number' });
				evaluated.push(id);
			}
			keys.set(name, key);
		});
		const options: TallyOptions = {
			rows: this.#table.rows,
			edges: this.#edges,
			groups: this.#groups,
			baselineDecimals: this.#baseline?.prepared.total.decimals ?? null
		};
		const tallies = talliesOf(prepared, nodes, options);
		const program = tabulateProgram(nodes.graph, { outputs, tallies, kept });
		const kernel = this.#backend.prepare(program);
		const { document } = prepared;
		return {
			recombination: { document, prepared, resolved, kernel, tallies, options },
			evaluated,
			keys
		};
	}

	/** Runs a kernel over all rows and reads what it counted. */
	#run(
		{ prepared, resolved, kernel, tallies, options }: Recombination,
		evaluated: readonly string[],
		isNewKernel: boolean
	): RescoreResult {
		const { nodes, interpreted, troubled } = resolved;
		kernel.reset();
		kernel.run(0, this.#table.rows);

		const totals = readTotals(this.#backend, nodes);
		const recounted =
			troubled.size === 0
				? null
				: recount(prepared, this.#table, totals, {
						...options,
						columns: this.#columns,
						preview: this.#options.preview ?? true,
						rows: troubled,
						outcomes: nodes.outcomes
					});
		const sum = (name: string): Float64Array | null => {
			if (!tallies.some((tally) => tally.name === name)) return null;
			return recounted ? (recounted.get(name) ?? null) : kernel.tally(name);
		};
		const total = (name: string, values: Float64Array, decimals: number): number => {
			const sums = sum(name);
			return sums ? sums.reduce((a, b) => a + b, 0) : addExactly(values, decimals);
		};
		const { count } = nodes.outcomes;
		const migration = sum(tallyName.migration);
		const matrix = migration && matrixOf(migration, count);
		const after = matrix ? columnSums(matrix, count) : (sum(tallyName.outcome) ?? []);
		return {
			rows: this.#table.rows,
			outcomes: nodes.outcomes,
			counts: outcomeCounts(after, nodes.outcomes),
			histogram: {
				edges: this.#edges,
				before: this.#baseline?.histogram ?? null,
				after: [...(sum(tallyName.histogram) ?? []).slice(1)]
			},
			scoreUnits: total(tallyName.scoreUnits, totals.score, prepared.total.decimals),
			payoutUnits: prepared.payout
				? total(tallyName.payoutUnits, totals.payout, prepared.payout.decimals)
				: 0,
			movement: matrix && this.#movement(matrix, nodes.outcomes, sum),
			totals,
			evaluated,
			isNewKernel,
			interpreted: interpreted.map(({ at, reason }) => ({ at, reason }))
		};
	}

	#movement(
		outcomes: readonly (readonly number[])[],
		codes: OutcomeCodes,
		sum: (name: string) => Float64Array | null
	): Movement {
		const count = (name: string): number => sum(name)?.[0] ?? 0;
		const [up, down] = [count(tallyName.up), count(tallyName.down)];
		// Scored on both sides: with a grade or without one.
		const scoredBefore = (this.#baseline?.prepared.grades.length ?? 0) + 1;
		const scored = columnSums(outcomes.slice(0, scoredBefore), codes.noGrade + 1);
		return {
			outcomes,
			up,
			down,
			same: scored.reduce((a, b) => a + b, 0) - up - down,
			groups: this.#groups.flatMap((path) =>
				groupResults(path, this.#columns.dictionary(path) ?? [], {
					moves: sum(tallyName.groupMoves(path)) ?? new Float64Array(),
					before: sum(tallyName.groupBefore(path)),
					after: sum(tallyName.groupAfter(path))
				})
			)
		};
	}
}

function setAll(kernel: Kernel, values: ReadonlyMap<string, number>): void {
	for (const [name, value] of values) kernel.set(name, value);
}

function histogramOf(scores: Float64Array, edges: readonly number[]): number[] {
	const inner = edges.slice(1, -1);
	const bins = new Array<number>(inner.length + 1).fill(0);
	for (const score of scores) {
		if (Number.isNaN(score)) continue;
		let bin = 0;
		while (bin < inner.length && score >= (inner[bin] ?? Infinity)) bin++;
		bins[bin] = (bins[bin] ?? 0) + 1;
	}
	return bins;
}
