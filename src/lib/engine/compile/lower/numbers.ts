/**
 * Rounding, curves and steps as nodes: the formulas of the rules of scoring, operation by operation
 * in the same order as the interpreter computes them, so that both give the same bits.
 */
import {
	ABSOLUTE_TOLERANCE,
	POWERS_OF_TEN,
	RELATIVE_TOLERANCE,
	WHOLE_FROM
} from '../../logic/number.ts';
import type { Point } from '../../logic/points.ts';
import type { Graph } from '../graph.ts';
import type { GraphNode } from '../graph-node.ts';
import { magnitude } from '../interval.ts';

/** Below this the absolute part of the tolerance is always the larger one. */
const ABSOLUTE_DECIDES = ABSOLUTE_TOLERANCE / RELATIVE_TOLERANCE;
const UNBOUNDED = 2 ** 1000;

/** max(1e-9, |x| · 2^-51); one constant where x is known to be small. */
function tolerance(graph: Graph, size: GraphNode): GraphNode {
	const absolute = graph.fixed(ABSOLUTE_TOLERANCE);
	if (magnitude(size.interval) <= ABSOLUTE_DECIDES) return absolute;
	const relative = graph.arithmetic('multiply', size, graph.fixed(RELATIVE_TOLERANCE));
	return graph.arithmetic('max', relative, absolute);
}

/** Half away from zero with the tie tolerance, to a literal number of decimals. */
export function roundNode(graph: Graph, x: GraphNode, digits: number): GraphNode {
	const power = graph.fixed(POWERS_OF_TEN[digits] ?? NaN);
	const size = graph.absolute(x);
	const y = digits === 0 ? size : graph.arithmetic('multiply', size, power);
	const shift = graph.arithmetic('add', graph.fixed(0.5), tolerance(graph, y));
	const whole = graph.floor(graph.arithmetic('add', y, shift));
	const rounded = digits === 0 ? whole : graph.arithmetic('divide', whole, power);
	const signed = graph.signedLike(rounded, x);
	if (magnitude(y.interval) < WHOLE_FROM) return signed;
	return graph.select(graph.compare('at_most', graph.fixed(WHOLE_FROM), y), x, signed);
}

export function floorNode(graph: Graph, x: GraphNode): GraphNode {
	return graph.floor(graph.arithmetic('add', x, tolerance(graph, graph.absolute(x))));
}

export function ceilNode(graph: Graph, x: GraphNode): GraphNode {
	return graph.ceil(graph.arithmetic('subtract', x, tolerance(graph, graph.absolute(x))));
}

/** The smallest double above x. */
export function nextAbove(x: number): number {
	if (x === 0) return Number.MIN_VALUE;
	if (Number.isNaN(x) || x === Infinity) return x;
	const view = new DataView(new ArrayBuffer(8));
	view.setFloat64(0, x);
	view.setBigInt64(0, view.getBigInt64(0) + (x > 0 ? 1n : -1n));
	return view.getFloat64(0);
}

/**
 * Piecewise linear: the segment is found by counting points at or below x, without a branch. A flat
 * end is a segment of slope 0; an end that goes on repeats the first or last segment, and the last
 * point itself stands between, so that it gives exactly its own y.
 */
export function curveNode(
	graph: Graph,
	x: GraphNode,
	points: readonly Point[],
	ends: { readonly below: boolean; readonly above: boolean }
): GraphNode {
	const [first, last] = [points[0], points[points.length - 1]];
	if (!first || !last) return graph.none;
	const rows: { from: number; x: number; y: number; k: number }[] = points.map(([from, y], i) => {
		const [x1, y1] = points[i + 1] ?? [from, y];
		return { from, x: from, y, k: i + 1 < points.length ? (y1 - y) / (x1 - from) : 0 };
	});
	const [start, end] = [rows[0], rows[rows.length - 2]];
	const below = ends.below && start ? start : { x: first[0], y: first[1], k: 0 };
	if (ends.above && end) rows.push({ ...end, from: nextAbove(last[0]) });
	let bounded = x;
	if (magnitude(x.interval) >= UNBOUNDED) {
		if (!ends.above) bounded = graph.arithmetic('min', bounded, graph.constant(last[0]));
		if (!ends.below) bounded = graph.arithmetic('max', bounded, graph.constant(first[0]));
	}
	// Points that every number has passed, or none reaches, need no look; a missing one stays missing.
	const { low, high } = bounded.interval;
	const passed = rows.findLast((row) => row.from <= low);
	const open = rows.filter((row) => row.from > low && row.from <= high);
	const index = graph.countAtMost(
		bounded,
		open.map((row) => row.from)
	);
	const table = [passed ?? below, ...open];
	const pick = (part: 'x' | 'y' | 'k'): GraphNode =>
		graph.pick(
			index,
			table.map((row) => row[part] + 0)
		);
	const distance = graph.arithmetic('subtract', bounded, pick('x'));
	const rise = graph.arithmetic('multiply', distance, pick('k'));
	return graph.finite(graph.arithmetic('add', pick('y'), rise));
}

/** The value of the highest threshold at or below x; `otherwise` below the first. */
export function stepsNode(
	graph: Graph,
	x: GraphNode,
	steps: readonly Point[],
	otherwise: GraphNode
): GraphNode {
	const thresholds = steps.map(([from]) => from);
	const values = steps.map(([, value]) => value);
	if (otherwise.op !== 'constant') {
		const reached = graph.pick(graph.countAtMost(x, thresholds), [NaN, ...values]);
		const below = graph.compare('less', x, graph.constant(thresholds[0] ?? 0));
		return graph.select(below, otherwise, reached);
	}
	if (!x.nullable)
		return graph.pick(graph.countAtMost(x, thresholds), [otherwise.value, ...values]);
	// A first threshold that every number reaches tells a missing x from a low one.
	return graph.pick(graph.countAtMost(x, [-Number.MAX_VALUE, ...thresholds]), [
		NaN,
		otherwise.value,
		...values
	]);
}
