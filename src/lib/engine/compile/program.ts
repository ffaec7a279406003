/**
 * What a back end is asked to run over rows: nodes to store in columns, and nodes to count. Printable
 * data; how it becomes a kernel is the back end's affair.
 */
import type { GraphNode } from './graph-node.ts';

/** Stores a node for every row: a number as a double, an index or a mask as a byte. */
export interface Output {
	readonly name: string;
	readonly node: GraphNode;
	readonly store: 'number' | 'byte';
}

/**
 * Counts rows by an index (by a mask: where it holds), or adds up a number by it. Values must be whole numbers whose sums stay
 * below 2^53: then no order of rows and no split between threads can change a sum.
 */
export interface Tally {
	readonly name: string;
	readonly index: GraphNode;
	readonly value: GraphNode | null;
}

export interface Program {
	readonly outputs: readonly Output[];
	readonly tallies: readonly Tally[];
	/** Numbers that an earlier run stored: these nodes are read from the named column instead. */
	readonly kept: ReadonlyMap<GraphNode, string>;
}

/** Every node of a program with the number of places that use it. */
export function countUses(program: Program): Map<GraphNode, number> {
	const uses = new Map<GraphNode, number>();
	const visit = (node: GraphNode): void => {
		const count = uses.get(node) ?? 0;
		uses.set(node, count + 1);
		if (count === 0 && !program.kept.has(node)) for (const arg of node.args) visit(arg);
	};
	for (const { node } of program.outputs) visit(node);
	for (const { index, value } of program.tallies) {
		visit(index);
		if (value) visit(value);
	}
	return uses;
}

/** Names of the columns that a program reads: numbers and codes. */
export function columnsOf(program: Program): { numbers: string[]; codes: string[] } {
	const numbers: string[] = [];
	const codes: string[] = [];
	for (const node of countUses(program).keys()) {
		const kept = program.kept.get(node);
		if (kept !== undefined) numbers.push(kept);
		else if (node.op === 'column') numbers.push(node.name);
		if (node.op === 'code') codes.push(node.name);
	}
	return { numbers: numbers.sort(), codes: codes.sort() };
}
