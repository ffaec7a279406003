/**
 * What is counted while rows are combined: outcomes, grade migration, histogram, rises and falls, and
 * sums per group. Sums are of whole numbers (scores in units of their last decimal, money in its
 * minor unit), so that no order of rows and no number of threads can change them.
 */
import type { PreparedScheme } from '../score/prepare.ts';
import { POWERS_OF_TEN } from '../logic/number.ts';
import type { Graph } from '../compile/graph.ts';
import { isNone, type GraphNode } from '../compile/graph-node.ts';
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
	up: 'up',
	down: 'down',
	scoreUnits: 'score-units',
	payoutUnits: 'payout-units',
	groupMoves: (path: string) => `moves:${path}`,
	groupAfter: (path: string) => `after:${path}`,
	groupBefore: (path: string) => `before:${path}`
} as const;

/** Sums of whole numbers are exact up to here. */
const LARGEST_EXACT = 2 ** 53;
/** Whole numbers below survive a division by a power of ten and the multiplication back. */
const LARGEST_WHOLE = 2 ** 50;

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
	const power = graph.fixed(POWERS_OF_TEN[decimals] ?? 1);
	const units = unitsBeforeDivision(graph, node, power);
	if (units) return graph.orElse(units, graph.constant(0));
	const scaled = graph.arithmetic('multiply', node, power);
	const whole = graph.floor(graph.arithmetic('add', scaled, graph.fixed(0.5)));
	return graph.orElse(whole, graph.constant(0));
}

/** The whole number that rounding divided by its power of ten; null where nothing was rounded so. */
function unitsBeforeDivision(graph: Graph, node: GraphNode, power: GraphNode): GraphNode | null {
	const [first, second, third] = node.args;
	if (node.op === 'select' && first && second && third && isNone(second)) {
		const units = unitsBeforeDivision(graph, third, power);
		return units && graph.select(first, second, units);
	}
	if (node.op === 'signed_like' && first && second) {
		const units = unitsBeforeDivision(graph, first, power);
		return units && graph.signedLike(units, second);
	}
	const isQuotient = node.op === 'divide' && first?.op === 'floor' && second === power;
	return isQuotient && magnitude(first.interval) < LARGEST_WHOLE ? first : null;
}

function isExact(node: GraphNode, rows: number): boolean {
	return isBounded(node.interval) && magnitude(node.interval) * rows < LARGEST_EXACT;
}

/**
 * Missing is bin 0, then the bins: [edge, next edge), the first and the last one open outwards.
 * Where edges are multiples of a width that is a small power of two or five times one, a quotient
 * never rounds across an edge and finds the bin at once; else the edges below are counted.
 */
export function histogramIndex(
	graph: Graph,
	score: GraphNode,
	edges: readonly number[]
): GraphNode {
	const [first = 0, second = 0] = edges;
	const width = second - first;
	const bins = edges.length - 1;
	const isEven = edges.every((edge, i) => edge === first + i * width && edge % width === 0);
	if (!isEven || !EXACT_WIDTHS.has(width))
		return graph.countAtMost(score, [-Number.MAX_VALUE, ...edges.slice(1, -1)]);
	const multiple = graph.floor(graph.arithmetic('divide', score, graph.fixed(width)));
	const bin = graph.arithmetic('add', multiple, graph.fixed(1 - first / width));
	const raised = graph.arithmetic('max', bin, graph.fixed(1));
	return graph.asIndex(graph.arithmetic('min', raised, graph.fixed(bins)), bins + 1);
}

const EXACT_WIDTHS: ReadonlySet<number> = new Set([
	0.25, 0.5, 1, 1.25, 2, 2.5, 4, 5, 8, 10, 16, 20
]);

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
	const isUp = g.compare('less', before, nodes.score);
	const isDown = g.compare('less', nodes.score, before);
	tallies.push(
		{ name: tallyName.up, index: isUp, value: null },
		{ name: tallyName.down, index: isDown, value: null }
	);
	if (options.groups.length === 0) return tallies;

	const isSame = g.compare('equal', before, nodes.score);
	const move = g.choose(
		isUp,
		g.whole(MOVE.up),
		g.choose(isDown, g.whole(MOVE.down), g.choose(isSame, g.whole(MOVE.same), g.whole(MOVE.none)))
	);
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
