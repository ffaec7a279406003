/** Groups of nodes that are computed in one loop. Only nodes that nothing else needs are grouped. */
import type { GraphNode } from '../graph-node.ts';

type IsFusible = (node: GraphNode) => boolean;

/** y + (x − x₀) · k with all three looked up by the segment that x falls in. */
export function matchCurve(
	node: GraphNode,
	isFusible: IsFusible
): { x: GraphNode; index: GraphNode; limits: Float64Array; table: Float64Array } | null {
	const [y, rise] = node.args;
	if (node.op !== 'add' || y?.op !== 'pick' || rise?.op !== 'multiply') return null;
	const [distance, k] = rise.args;
	if (distance?.op !== 'subtract' || k?.op !== 'pick') return null;
	const [x, start] = distance.args;
	const [index] = y.args;
	if (!x || start?.op !== 'pick' || index?.op !== 'count_at_most') return null;
	if (start.args[0] !== index || k.args[0] !== index || index.args[0] !== x) return null;
	if (![y, rise, distance, k, start].every(isFusible)) return null;
	const table = y.values.flatMap((value, i) => [start.values[i] ?? 0, value, k.values[i] ?? 0]);
	return { x, index, limits: Float64Array.from(index.values), table: Float64Array.from(table) };
}

/** sum + factor · term. */
export function matchProduct(
	node: GraphNode,
	isFusible: IsFusible
): { sum: GraphNode; term: GraphNode; factor: number } | null {
	const [sum, product] = node.args;
	if (node.op !== 'add' || !sum || product?.op !== 'multiply' || !isFusible(product)) return null;
	const [factor, term] = product.args;
	if (sum.op === 'constant' || factor?.op !== 'constant' || !term) return null;
	return { sum, term, factor: factor.value };
}

/** A number, and a constant where it is missing. */
export function matchOrElse(
	node: GraphNode,
	isFusible: IsFusible
): { x: GraphNode; constant: number } | null {
	const [condition, standIn, x] = node.args;
	if (node.op !== 'select' || condition?.op !== 'is_missing' || !isFusible(condition)) return null;
	if (!x || condition.args[0] !== x || standIn?.op !== 'constant') return null;
	return { x, constant: standIn.value };
}

/** floor(x · power + shift) ÷ power. */
export function matchRound(
	node: GraphNode,
	isFusible: IsFusible
): { x: GraphNode; power: number; shift: number; divisor: number } | null {
	const [whole, divisor] = node.args;
	if (node.op !== 'divide' || whole?.op !== 'floor' || divisor?.op !== 'constant') return null;
	const [shifted] = whole.args;
	const [y, shift] = shifted?.args ?? [];
	if (shifted?.op !== 'add' || y?.op !== 'multiply' || shift?.op !== 'constant') return null;
	const [x, power] = y.args;
	if (!x || power?.op !== 'constant' || x.op === 'constant') return null;
	if (![whole, shifted, y].every(isFusible)) return null;
	return { x, power: power.value, shift: shift.value, divisor: divisor.value };
}
