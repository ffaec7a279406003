/**
 * A choice between two results of one operation that differ only in numbers that are written out is
 * that operation on chosen numbers: the same bits, and a hundred branches of one form become one
 * calculation with looked-up numbers.
 */
import type { GraphNode, GraphOp } from './graph-node.ts';

/** Answers for choices, which may be a hundred deep. */
const chosen = new WeakMap<GraphNode, boolean>();

/** A number that is written out, or a choice between such numbers. */
export function isChosenNumber(node: GraphNode): boolean {
	if (node.op !== 'select') return node.op === 'constant';
	const known = chosen.get(node);
	if (known !== undefined) return known;
	const isChosen = node.args.slice(1).every(isChosenNumber);
	chosen.set(node, isChosen);
	return isChosen;
}

/** Beyond this the operands are hardly the same calculation with other numbers. */
const DEEPEST_SINK = 4;

const SINKABLE: ReadonlySet<GraphOp> = new Set([
	'add',
	'subtract',
	'multiply',
	'divide',
	'min',
	'max',
	'finite'
]);

/** Two results of one operation that differ only in numbers that are written out. */
export function canSink(yes: GraphNode, no: GraphNode, depth = 0): boolean {
	if (yes.op !== no.op || !SINKABLE.has(yes.op) || depth > DEEPEST_SINK) return false;
	return yes.args.every((arg, i) => {
		const other = no.args[i];
		if (!other) return false;
		return (
			arg === other ||
			(isChosenNumber(arg) && isChosenNumber(other)) ||
			canSink(arg, other, depth + 1)
		);
	});
}
