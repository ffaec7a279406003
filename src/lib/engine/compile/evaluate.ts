/** Evaluates nodes for every combination of a few leaves: how look-up tables are filled. */
import { applyArithmetic, type ArithmeticOp, type GraphNode, type GraphOp } from './graph-node.ts';

/** A leaf: the node it stands for, its index node, and the value of that node at each index. */
export interface Domain {
	readonly node: GraphNode;
	readonly index: GraphNode;
	readonly values: readonly number[];
}

const COLUMNS_OF_A_PIECE = 64;
/** Stands for an operand that an operation does not have. */
const NOTHING = new Float64Array();

/** Values of nodes at every combination of some leaves, the last leaf varying fastest. */
export class Combinations {
	readonly #size: number;
	/** Columns are cut from larger pieces: making thousands of small buffers costs more than filling them. */
	#piece = new Float64Array();
	#used = 0;
	readonly #computed = new Map<GraphNode, Float64Array>();

	constructor(domains: readonly Domain[]) {
		this.#size = domains.reduce((product, { values }) => product * values.length, 1);
		let stride = this.#size;
		for (const { node, values } of domains) {
			stride /= values.length;
			const column = this.#column();
			for (let i = 0; i < column.length; i++)
				column[i] = values[Math.floor(i / stride) % values.length] ?? NaN;
			this.#computed.set(node, column);
		}
	}

	#column(): Float64Array {
		if (this.#used + this.#size > this.#piece.length) {
			this.#piece = new Float64Array(COLUMNS_OF_A_PIECE * this.#size);
			this.#used = 0;
		}
		return this.#piece.subarray(this.#used, (this.#used += this.#size));
	}

	/** The values of a node; masks are 1 and 0. */
	valuesOf(node: GraphNode): Float64Array {
		const known = this.#computed.get(node);
		if (known) return known;
		const [a, b, c] = node.args;
		const column = this.#column();
		EVALUATE[node.op](
			column,
			a ? this.valuesOf(a) : NOTHING,
			b ? this.valuesOf(b) : NOTHING,
			c ? this.valuesOf(c) : NOTHING,
			node
		);
		this.#computed.set(node, column);
		return column;
	}
}

/** Fills a column from those of the operands. One loop for each operation, because tables of a hundred branches are made of thousands of columns. */
type Evaluate = (
	to: Float64Array,
	a: Float64Array,
	b: Float64Array,
	c: Float64Array,
	node: GraphNode
) => void;

const written: Evaluate = (to, _a, _b, _c, { value }) => to.fill(value);
const looked: Evaluate = (to, a, _b, _c, { values }) => {
	for (let i = 0; i < to.length; i++) to[i] = values[a[i] as number] ?? NaN;
};
const chosen: Evaluate = (to, a, b, c) => {
	for (let i = 0; i < to.length; i++) to[i] = a[i] === 1 ? (b[i] as number) : (c[i] as number);
};
const arithmetic =
	(op: ArithmeticOp): Evaluate =>
	(to, a, b) => {
		for (let i = 0; i < to.length; i++) to[i] = applyArithmetic(op, a[i] as number, b[i] as number);
	};
const leaf: Evaluate = (_to, _a, _b, _c, node) => {
	throw new Error(`“${node.op}” is a leaf without values.`);
};

/** One node on the values of its operands, with the arithmetic of every back end. */
const EVALUATE: Readonly<Record<GraphOp, Evaluate>> = {
	constant: written,
	always: written,
	whole: written,
	add: (to, a, b) => {
		for (let i = 0; i < to.length; i++) to[i] = (a[i] as number) + (b[i] as number);
	},
	subtract: (to, a, b) => {
		for (let i = 0; i < to.length; i++) to[i] = (a[i] as number) - (b[i] as number);
	},
	multiply: (to, a, b) => {
		for (let i = 0; i < to.length; i++) to[i] = (a[i] as number) * (b[i] as number);
	},
	divide: (to, a, b) => {
		for (let i = 0; i < to.length; i++) to[i] = (a[i] as number) / (b[i] as number);
	},
	modulo: arithmetic('modulo'),
	min: arithmetic('min'),
	max: arithmetic('max'),
	floor: (to, a) => {
		for (let i = 0; i < to.length; i++) to[i] = Math.floor(a[i] as number);
	},
	ceil: (to, a) => {
		for (let i = 0; i < to.length; i++) to[i] = Math.ceil(a[i] as number);
	},
	absolute: (to, a) => {
		for (let i = 0; i < to.length; i++) to[i] = Math.abs(a[i] as number);
	},
	signed_like: (to, a, b) => {
		for (let i = 0; i < to.length; i++)
			to[i] = (b[i] as number) < 0 ? -(a[i] as number) : (a[i] as number);
	},
	finite: (to, a) => {
		for (let i = 0; i < to.length; i++) {
			const x = a[i] as number;
			to[i] = x + (x - x);
		}
	},
	select: chosen,
	choose: chosen,
	as_number: (to, a) => to.set(a),
	pick: looked,
	test: looked,
	less: (to, a, b) => {
		for (let i = 0; i < to.length; i++) to[i] = (a[i] as number) < (b[i] as number) ? 1 : 0;
	},
	at_most: (to, a, b) => {
		for (let i = 0; i < to.length; i++) to[i] = (a[i] as number) <= (b[i] as number) ? 1 : 0;
	},
	equal: (to, a, b) => {
		for (let i = 0; i < to.length; i++) to[i] = a[i] === b[i] ? 1 : 0;
	},
	is_missing: (to, a) => {
		for (let i = 0; i < to.length; i++) to[i] = a[i] === a[i] ? 0 : 1;
	},
	index_is: (to, a, _b, _c, { value }) => {
		for (let i = 0; i < to.length; i++) to[i] = a[i] === value ? 1 : 0;
	},
	and: (to, a, b) => {
		for (let i = 0; i < to.length; i++) to[i] = (a[i] as number) & (b[i] as number);
	},
	or: (to, a, b) => {
		for (let i = 0; i < to.length; i++) to[i] = (a[i] as number) | (b[i] as number);
	},
	not: (to, a) => {
		for (let i = 0; i < to.length; i++) to[i] = (a[i] as number) ^ 1;
	},
	count_at_most: (to, a, _b, _c, { values }) => {
		for (const limit of values)
			for (let i = 0; i < to.length; i++)
				if (limit <= (a[i] as number)) to[i] = (to[i] as number) + 1;
	},
	count_above: (to, a, _b, _c, { values }) => {
		for (const limit of values)
			for (let i = 0; i < to.length; i++)
				if (limit > (a[i] as number)) to[i] = (to[i] as number) + 1;
	},
	as_index: (to, a) => {
		for (let i = 0; i < to.length; i++) to[i] = a[i] === a[i] ? (a[i] as number) : 0;
	},
	larger: (to, a, b) => {
		for (let i = 0; i < to.length; i++) to[i] = Math.max(a[i] as number, b[i] as number);
	},
	combine: (to, a, b, _c, { value }) => {
		for (let i = 0; i < to.length; i++) to[i] = (a[i] as number) * value + (b[i] as number);
	},
	open: leaf,
	column: leaf,
	code: leaf
};
