/** Evaluates nodes for every combination of a few leaves: how look-up tables are filled. */
import { applyArithmetic, type GraphNode } from './graph-node.ts';

/** A leaf: the node it stands for, its index node, and the value of that node at each index. */
export interface Domain {
	readonly node: GraphNode;
	readonly index: GraphNode;
	readonly values: readonly number[];
}

/** Stands for an operand that an operation does not have. */
const NOTHING = new Float64Array();

/** The value of a node at every combination, the last leaf varying fastest; masks are 1 and 0. */
export function evaluateOver(root: GraphNode, domains: readonly Domain[]): number[] {
	const size = domains.reduce((product, { values }) => product * values.length, 1);
	const computed = new Map<GraphNode, Float64Array>();
	let stride = size;
	for (const { node, values } of domains) {
		stride /= values.length;
		const column = new Float64Array(size);
		for (let i = 0; i < size; i++)
			column[i] = values[Math.floor(i / stride) % values.length] ?? NaN;
		computed.set(node, column);
	}
	const compute = (node: GraphNode): Float64Array => {
		const known = computed.get(node);
		if (known) return known;
		const [first = NOTHING, second = NOTHING, third = NOTHING] = node.args.map(compute);
		const column = new Float64Array(size);
		for (let i = 0; i < size; i++) {
			column[i] = evaluateNode(node, first[i] ?? NaN, second[i] ?? NaN, third[i] ?? NaN);
		}
		computed.set(node, column);
		return column;
	};
	return Array.from(compute(root));
}

/** One node on the values of its operands, with the arithmetic of every back end. */
function evaluateNode(node: GraphNode, a: number, b: number, c: number): number {
	switch (node.op) {
		case 'constant':
		case 'always':
		case 'whole':
			return node.value;
		case 'add':
		case 'subtract':
		case 'multiply':
		case 'divide':
		case 'modulo':
		case 'min':
		case 'max':
			return applyArithmetic(node.op, a, b);
		case 'floor':
			return Math.floor(a);
		case 'ceil':
			return Math.ceil(a);
		case 'absolute':
			return Math.abs(a);
		case 'signed_like':
			return b < 0 ? -a : a;
		case 'finite':
			return a + (a - a);
		case 'select':
		case 'choose':
			return a === 1 ? b : c;
		case 'as_number':
			return a;
		case 'pick':
		case 'test':
			return node.values[a] ?? NaN;
		case 'less':
			return Number(a < b);
		case 'at_most':
			return Number(a <= b);
		case 'equal':
			return Number(a === b);
		case 'is_missing':
			return Number(Number.isNaN(a));
		case 'index_is':
			return Number(a === node.value);
		case 'and':
			return a & b;
		case 'or':
			return a | b;
		case 'not':
			return a ^ 1;
		case 'count_at_most':
			return node.values.reduce((count, threshold) => count + Number(threshold <= a), 0);
		case 'count_above':
			return node.values.reduce((count, threshold) => count + Number(threshold > a), 0);
		case 'as_index':
			return Number.isNaN(a) ? 0 : a;
		case 'larger':
			return Math.max(a, b);
		case 'combine':
			return a * node.value + b;
		case 'column':
		case 'code':
			throw new Error(`“${node.op}” is a leaf without values.`);
	}
}
