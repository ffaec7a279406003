/**
 * What is counted while rows are combined: outcomes, grade migration, histogram, rises and falls, and
 * sums per group. Sums are of whole numbers (scores in units of their last decimal, money in its
 * minor unit), so that no order of rows and no number of threads can change them.
 */
import type { PreparedScheme } from '../score/prepare.ts';
import { POWERS_OF_TEN } from '../logic/number.ts';
import type { Graph, GraphNode } from '../compile/graph.ts';
import { isBounded, magnitude } from '../compile/interval.ts';
import type { Tally } from '../compile/program.ts';
import type { SchemeNodes } from '../compile/scheme-graph.ts';
import { keptName } from './columns.ts';

/** How a row moved from the baseline: neither side scored is 0. */
export const MOVE = { none: 0, down: 1, same: 2, up: 3 } as const;
export const MOVES = 4;

export const tallyName = {
	outcome: 'outcome',
	migration: 'migration',
	histogram: 'histogram',
	moves: 'moves',
	scoreUnits: 'score-units',
	payoutUnits: 'payout-units',
	groupMoves: (path: string) => `moves:${path}`,
	groupAfter: (path: string) => `after:${path}`,
	groupBefore: (path: string) => `before:${path}`
} as const;

/** Sums of whole numbers are exact up to here. */
const LARGEST_EXACT = 2 ** 53;

export interface TallyOptions {
	readonly rows: number;
	readonly edges: readonly number[];
	/** Text columns to group by. */
	readonly groups: readonly string[];
	/** Decimals of the baseline's scores; null without a baseline. */
	readonly baselineDecimals: number | null;
}

/** A rounded number in units of its last decimal; 0 where it is missing. */
function unitsOf(graph: Graph, node: GraphNode, decimals: number): GraphNode {
	const power = graph.constant(POWERS_OF_TEN[decimals] ?? 1);
	const scaled = graph.arithmetic('multiply', node, power);
	const whole = graph.floor(graph.arithmetic('add', scaled, graph.constant(0.5)));
	return graph.orElse(whole, graph.constant(0));
}

function isExact(node: GraphNode, rows: number): boolean {
	return isBounded(node.interval) && magnitude(node.interval) * rows < LARGEST_EXACT;
}

/** Missing is bin 0, then the bins: [edge, next edge), the first and the last one open outwards. */
export function histogramIndex(
	graph: Graph,
	score: GraphNode,
	edges: readonly number[]
): GraphNode {
	return graph.countAtMost(score, [-Number.MAX_VALUE, ...edges.slice(1, -1)]);
}

/** The tallies of a scheme; those whose sums might not be exact are left to `addExactly`. */
export function talliesOf(
	prepared: PreparedScheme,
	nodes: SchemeNodes,
	options: TallyOptions
): Tally[] {
	const g = nodes.graph;
	const { rows, baselineDecimals } = options;
	const after = unitsOf(g, nodes.score, prepared.total.decimals);
	const all = g.whole(0);
	const tallies: Tally[] = [
		{ name: tallyName.histogram, index: histogramIndex(g, nodes.score, options.edges), value: null }
	];
	const sum = (name: string, index: GraphNode, value: GraphNode): void => {
		if (isExact(value, rows)) tallies.push({ name, index, value });
	};
	if (baselineDecimals === null)
		tallies.push({ name: tallyName.outcome, index: nodes.outcome, value: null });
	sum(tallyName.scoreUnits, all, after);
	if (prepared.payout)
		sum(tallyName.payoutUnits, all, unitsOf(g, nodes.payout, prepared.payout.decimals));
	if (baselineDecimals === null) return tallies;

	const before = g.column(keptName.baselineScore);
	tallies.push({
		name: tallyName.migration,
		index: g.combine(g.code(keptName.baselineOutcome), nodes.outcome, nodes.outcomes.count),
		value: null
	});
	const move = g.choose(
		g.compare('less', before, nodes.score),
		g.whole(MOVE.up),
		g.choose(
			g.compare('less', nodes.score, before),
			g.whole(MOVE.down),
			g.choose(g.compare('equal', before, nodes.score), g.whole(MOVE.same), g.whole(MOVE.none))
		)
	);
	tallies.push({ name: tallyName.moves, index: move, value: null });
	const bothScored = g.not(g.or(g.isMissing(before), g.isMissing(nodes.score)));
	const zero = g.constant(0);
	const beforeUnits = g.select(bothScored, unitsOf(g, before, baselineDecimals), zero);
	const afterUnits = g.select(bothScored, after, zero);
	for (const path of options.groups) {
		const group = g.code(path);
		tallies.push({
			name: tallyName.groupMoves(path),
			index: g.combine(group, move, MOVES),
			value: null
		});
		sum(tallyName.groupBefore(path), group, beforeUnits);
		sum(tallyName.groupAfter(path), group, afterUnits);
	}
	return tallies;
}

/** A sum of numbers with so many decimals, in units of the last one, whatever its size. */
export function addExactly(values: Float64Array, decimals: number): number {
	const power = POWERS_OF_TEN[decimals] ?? 1;
	let sum = 0n;
	for (const value of values) {
		const units = Math.floor(value * power + 0.5);
		if (Number.isFinite(units)) sum += BigInt(units);
	}
	return Number(sum);
}
