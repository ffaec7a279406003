/** Evaluates nodes for every combination of a few leaves: how look-up tables are filled. */
import { applyArithmetic, type ArithmeticOp, type GraphNode, type GraphOp } from './graph-node.ts';

/** A leaf: the node it stands for, its index node, and the value of that node at each index. */
export interface Domain {
	readonly node: GraphNode;
	readonly index: GraphNode;
	readonly values: readonly number[];
}

/** Stands for an operand that an operation does not have. */
const NOTHING = new Float64Array();

/** Values of nodes at every combination of some leaves, the last leaf varying fastest. */
export class Combinations {
	readonly #size: number;
	readonly #computed = new Map<GraphNode, Float64Array>();

	constructor(domains: readonly Domain[]) {
		this.#size = domains.reduce((product, { values }) => product * values.length, 1);
		let stride = this.#size;
		for (const { node, values } of domains) {
			stride /= values.length;
			const column = new Float64Array(this.#size);
			for (let i = 0; i < column.length; i++)
				column[i] = values[Math.floor(i / stride) % values.length] ?? NaN;
			this.#computed.set(node, column);
		}
	}

	/** The values of a node; masks are 1 and 0. */
	valuesOf(node: GraphNode): Float64Array {
		const known = this.#computed.get(node);
		if (known) return known;
		const [first = NOTHING, second = NOTHING, third = NOTHING] = node.args.map((arg) =>
			this.valuesOf(arg)
		);
		const evaluate = EVALUATE[node.op];
		const column = new Float64Array(this.#size);
		for (let i = 0; i < column.length; i++)
			column[i] = evaluate(first[i] ?? NaN, second[i] ?? NaN, third[i] ?? NaN, node);
		this.#computed.set(node, column);
		return column;
	}
}

type Evaluate = (a: number, b: number, c: number, node: GraphNode) => number;

const written: Evaluate = (_a, _b, _c, node) => node.value;
const looked: Evaluate = (a, _b, _c, node) => node.values[a] ?? NaN;
const chosen: Evaluate = (a, b, c) => (a === 1 ? b : c);
const arithmetic =
	(op: ArithmeticOp): Evaluate =>
	(a, b) =>
		applyArithmetic(op, a, b);
const leaf: Evaluate = (_a, _b, _c, node) => {
	throw new Error(`“${node.op}” is a leaf without values.`);
};

/** One node on the values of its operands, with the arithmetic of every back end. */
const EVALUATE: Readonly<Record<GraphOp, Evaluate>> = {
	constant: written,
	always: written,
	whole: written,
	add: arithmetic('add'),
	subtract: arithmetic('subtract'),
	multiply: arithmetic('multiply'),
	divide: arithmetic('divide'),
	modulo: arithmetic('modulo'),
	min: arithmetic('min'),
	max: arithmetic('max'),
	floor: (a) => Math.floor(a),
	ceil: (a) => Math.ceil(a),
	absolute: (a) => Math.abs(a),
	signed_like: (a, b) => (b < 0 ? -a : a),
	finite: (a) => a + (a - a),
	select: chosen,
	choose: chosen,
	as_number: (a) => a,
	pick: looked,
	test: looked,
	less: (a, b) => Number(a < b),
	at_most: (a, b) => Number(a <= b),
	equal: (a, b) => Number(a === b),
	is_missing: (a) => Number(Number.isNaN(a)),
	index_is: (a, _b, _c, node) => Number(a === node.value),
	and: (a, b) => a & b,
	or: (a, b) => a | b,
	not: (a) => a ^ 1,
	count_at_most: (a, _b, _c, { values }) =>
		values.reduce((count, threshold) => count + Number(threshold <= a), 0),
	count_above: (a, _b, _c, { values }) =>
		values.reduce((count, threshold) => count + Number(threshold > a), 0),
	as_index: (a) => (Number.isNaN(a) ? 0 : a),
	larger: (a, b) => Math.max(a, b),
	combine: (a, b, _c, node) => a * node.value + b,
	open: leaf,
	column: leaf,
	code: leaf
};
