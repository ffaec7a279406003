/**
 * `quanheng bench`: the speed of every engine as ratios measured in one run. Equal results are part
 * of the measurement: an engine that disagrees is reported as wrong, however fast it was.
 */
import { cpus } from 'node:os';
import { compileScheme, type CompiledScheme } from '#lib/engine/compile/compile.ts';
import { wasmFeatures } from '#lib/engine/compile/wasm/features.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { measureEdits, type EditFigures } from './bench/edits.ts';
import type { BenchScheme, LoopResult } from './bench/material.ts';
import { geometricMean, measure } from './bench/measure.ts';
import { emptyResult, jsonLogicJs, type Peer } from './bench/peers.ts';
import { BENCH_SCHEMES } from './bench/suite.ts';
import { measureThreads } from './bench/threads.ts';

export { makePreviewHistory, type PreviewHistory } from './bench/preview-history.ts';
export { printBench } from './bench/print.ts';
export { ruleScorer, type RuleEngine } from './bench/rule-scorer.ts';
export { sqlOf } from './bench/sql.ts';
export { emptyResult, type Peer, type PeerInput, type PeerRun } from './bench/peers.ts';

export interface BenchOptions {
	/** Rows of a full re-score. */
	readonly rows?: number;
	/** Rows of the large table (threads, weight change). */
	readonly largeRows?: number;
	/** Engines to compare with beside json-logic-js. */
	readonly peers?: readonly Peer[];
	/** Told what is being measured. */
	readonly onProgress?: (text: string) => void;
}

/** How many times faster than another way, on one scheme. */
export interface Ratio {
	readonly peer: string;
	/** Null where the peer is not installed. */
	readonly ratio: number | null;
	readonly goal: number;
	/** Rows whose result differs from ours. */
	readonly different: number;
	/** The peer failed with this message. */
	readonly failure?: string;
}

export interface SchemeFigures {
	readonly id: string;
	readonly about: string;
	readonly nodes: number;
	readonly rowsPerSecond: number;
	readonly milliseconds: number;
	readonly ratios: readonly Ratio[];
}

export interface Summary {
	readonly peer: string;
	readonly version: string | null;
	readonly goal: number;
	/** Geometric mean over the schemes; null where the peer was not run. */
	readonly ratio: number | null;
	/** The least of the schemes. */
	readonly least: number | null;
	readonly reached: boolean | null;
}

export interface BenchReport {
	readonly machine: string;
	readonly node: string;
	readonly engine: string;
	readonly relaxedSelect: boolean;
	readonly rows: number;
	readonly schemes: readonly SchemeFigures[];
	readonly summaries: readonly Summary[];
	readonly edits: EditFigures;
	readonly threads: { readonly rows: number; readonly ratio: number | null; readonly goal: number };
	readonly memory: { readonly held: number; readonly allowed: number };
}

const ROWS = 180_000;
const LARGE_ROWS = 1_800_000;
const HAND = 'typed-array loop by hand';
const BLOCKS = 'blocks against the loop by hand';
const HAND_GOAL = 2.5;
const BLOCKS_GOAL = 0.35;
const THREADS_GOAL = 1.7;

/** Measures everything. Takes some minutes with the large table. */
export async function runBench(options: BenchOptions = {}): Promise<BenchReport> {
	const rows = options.rows ?? ROWS;
	const largeRows = options.largeRows ?? LARGE_ROWS;
	const say = options.onProgress ?? (() => undefined);
	const peers = [jsonLogicJs, ...(options.peers ?? [])];
	const schemes: SchemeFigures[] = [];
	for (const scheme of BENCH_SCHEMES) {
		say(`scheme ${scheme.id}`);
		schemes.push(await measureScheme(scheme, rows, peers));
	}
	say('edits');
	const edits = await measureEdits(rows, largeRows);
	say('threads');
	const threads = await measureThreads(largeRows);
	return {
		machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
		node: process.version,
		engine: process.versions.v8,
		relaxedSelect: wasmFeatures()?.relaxedSelect ?? false,
		rows,
		schemes,
		summaries: summarise(schemes, peers),
		edits,
		threads: { rows: largeRows, ratio: threads, goal: THREADS_GOAL },
		memory: edits.memory
	};
}

async function measureScheme(
	scheme: BenchScheme,
	rows: number,
	peers: readonly Peer[]
): Promise<SchemeFigures> {
	const table = scheme.makeTable(rows);
	const prepared = prepareScheme(scheme.document);
	const ours = compileScheme(prepared, table, { backend: 'wasm' });
	const { processor } = await measure(() => void ours.run(), { warmUps: 40, repeats: 15 });
	const perRow = processor / rows;
	const ratios: Ratio[] = [];

	const result = emptyResult(rows);
	const loop = scheme.handWritten(table);
	const hand = await measure(() => loop(result));
	ratios.push({
		peer: HAND,
		ratio: hand.processor / processor,
		goal: HAND_GOAL,
		different: differences(ours, result, rows)
	});

	const blocks = compileScheme(prepared, table, { backend: 'blocks' });
	const blocksTime = await measure(() => void blocks.run());
	ratios.push({
		peer: BLOCKS,
		ratio: hand.processor / blocksTime.processor,
		goal: BLOCKS_GOAL,
		different: differences(ours, blocks.totals, rows)
	});

	for (const peer of peers) ratios.push(await measurePeer(peer, perRow));

	async function measurePeer(peer: Peer, ourPerRow: number): Promise<Ratio> {
		const { name, goal } = peer;
		if (peer.version === null) return { peer: name, ratio: null, goal, different: 0 };
		try {
			const run = await peer.prepare({ prepared, table, program: ours.program });
			const time = await measure(() => run.run(), { warmUps: 2, repeats: 5 });
			const different = differences(ours, await run.result(), run.rows);
			await run.close?.();
			return { peer: name, ratio: time.processor / run.rows / ourPerRow, goal, different };
		} catch (failure) {
			const text = failure instanceof Error ? failure.message : String(failure);
			return { peer: name, ratio: null, goal, different: 0, failure: text.slice(0, 200) };
		}
	}

	return {
		id: scheme.id,
		about: scheme.about,
		nodes: ours.report.nodes,
		rowsPerSecond: 1000 / perRow,
		milliseconds: processor,
		ratios
	};
}

/** Rows in which another way gives another outcome, score or payout. */
function differences(ours: CompiledScheme, theirs: LoopResult, rows: number): number {
	const { outcome, score, payout } = ours.totals;
	let count = 0;
	for (let i = 0; i < rows; i++)
		if (
			outcome[i] !== theirs.outcome[i] ||
			!Object.is(score[i], theirs.score[i]) ||
			!Object.is(payout[i], theirs.payout[i])
		)
			count++;
	return count;
}

function summarise(schemes: readonly SchemeFigures[], peers: readonly Peer[]): Summary[] {
	const versions = new Map(peers.map((peer) => [peer.name, peer.version]));
	const names = schemes[0]?.ratios.map((ratio) => ratio.peer) ?? [];
	return names.map((peer) => {
		const measured = schemes.flatMap(({ ratios }) => ratios.filter((entry) => entry.peer === peer));
		const ratios = measured.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]));
		const goal = measured[0]?.goal ?? 0;
		const ratio = ratios.length > 0 ? geometricMean(ratios) : null;
		const least = ratios.length > 0 ? Math.min(...ratios) : null;
		const reached = ratio === null || least === null ? null : ratio >= goal && least >= goal / 2;
		return { peer, version: versions.get(peer) ?? null, goal, ratio, least, reached };
	});
}
