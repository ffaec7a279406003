/** What is known of a program's nodes before one instruction is written. */
import type { GraphNode } from '../graph-node.ts';
import type { Program } from '../program.ts';

/** A constant of any kind. */
export function isWritten({ op }: GraphNode): boolean {
	return op === 'constant' || op === 'whole' || op === 'always';
}

/** Of three numbers picked by one index, as a curve does, two share a load. */
export function pairedPicks(
	nodes: Iterable<GraphNode>,
	kept: Program['kept']
): Map<GraphNode, GraphNode> {
	const pairs = new Map<GraphNode, GraphNode>();
	const waiting = new Map<GraphNode, GraphNode>();
	for (const node of nodes) {
		const [index] = node.args;
		if (node.op !== 'pick' || !index || kept.has(node)) continue;
		const other = waiting.get(index);
		if (other?.values.length !== node.values.length) {
			waiting.set(index, node);
			continue;
		}
		waiting.delete(index);
		pairs.set(other, node).set(node, other);
	}
	return pairs;
}

/** Open numbers, and numbers and masks that follow from them and from constants alone. */
export class SteadyNodes {
	readonly #kept: Program['kept'];
	readonly #known = new Map<GraphNode, boolean>();

	constructor(kept: Program['kept']) {
		this.#kept = kept;
	}

	has(node: GraphNode): boolean {
		if (node.op === 'open') return true;
		if (node.args.length === 0 || node.kind === 'index') return false;
		const known = this.#known.get(node);
		if (known !== undefined) return known;
		const isSteady =
			!this.#kept.has(node) && node.args.every((arg) => isWritten(arg) || this.has(arg));
		this.#known.set(node, isSteady);
		return isSteady;
	}
}
