/**
 * A program as a list of loops over blocks of rows. Nodes are put in an order in which operands come
 * first; a register is taken when a node is computed and given back after its last use. Pairs and
 * groups of operations that always come together (weighted sums, curves, rounding) are one loop.
 */
import type { ArithmeticOp, GraphNode } from '../graph-node.ts';
import { countUses, type Program } from '../program.ts';
import {
	addProduct,
	arithmeticStep,
	roundUp,
	signedLike,
	UNARY,
	type Operand
} from './arithmetic.ts';
import {
	asIndex,
	asNumber,
	combine,
	comparisonStep,
	COUNT,
	curve,
	indexIs,
	isMissing,
	larger,
	LOGIC,
	not,
	orElse,
	pick,
	selectConstant,
	selectIndex,
	selectNumber,
	test
} from './choices.ts';
import { matchCurve, matchOrElse, matchProduct, matchRound } from './patterns.ts';
import { BLOCK_ROWS, RegisterFile, type Registers, type Step } from './registers.ts';

/** Columns that loops read, and where results go. */
export interface BlockColumns {
	number(name: string): Float64Array;
	/** Positions in the dictionary: code + 1, 0 is missing. */
	code(name: string): Int32Array;
}

/** Where the value of a node is when its turn comes to be stored or counted. */
export interface Placed {
	readonly kind: GraphNode['kind'];
	readonly at: number;
}

export interface BlockPlan {
	readonly registers: Registers;
	readonly steps: readonly Step[];
}

/** Called when a node's value is in its register, before that register can be taken again. */
export type Sink = (placed: Placed, registers: Registers) => Step;

interface Pending {
	readonly node: GraphNode;
	readonly makeStep: (registers: Registers) => Step;
}

const ARITHMETIC: ReadonlySet<string> = new Set<ArithmeticOp>([
	'add',
	'subtract',
	'multiply',
	'divide',
	'modulo',
	'min',
	'max'
]);

export class BlockPlanner {
	readonly #program: Program;
	readonly #columns: BlockColumns;
	readonly #uses: Map<GraphNode, number>;
	readonly #files = {
		number: new RegisterFile(),
		mask: new RegisterFile(),
		index: new RegisterFile()
	};
	readonly #placed = new Map<GraphNode, number>();
	/** Constants that stand in a register because a loop reads them by index. */
	readonly #constants = new Map<GraphNode, number>();
	readonly #steps: Pending['makeStep'][] = [];

	constructor(program: Program, columns: BlockColumns) {
		this.#program = program;
		this.#columns = columns;
		this.#uses = countUses(program);
	}

	/** Computes nodes and hands each group to its sink. */
	plan(
		groups: readonly {
			nodes: readonly GraphNode[];
			sink: (at: number[]) => (registers: Registers) => Step;
		}[]
	): BlockPlan {
		for (const { nodes, sink } of groups) {
			const at = nodes.map((node) => this.#register(node));
			this.#steps.push(sink(at));
			for (const node of nodes) this.#release(node);
		}
		const size = (file: RegisterFile): number => Math.max(1, file.count) * BLOCK_ROWS;
		const numbers = new Float64Array(size(this.#files.number));
		const registers: Registers = {
			numbers,
			words: new Int32Array(numbers.buffer),
			masks: new Uint8Array(size(this.#files.mask)),
			indexes: new Int32Array(size(this.#files.index))
		};
		for (const [node, at] of this.#constants) {
			const array =
				node.kind === 'number'
					? registers.numbers
					: node.kind === 'mask'
						? registers.masks
						: registers.indexes;
			array.fill(node.value, at, at + BLOCK_ROWS);
		}
		return { registers, steps: this.#steps.map((makeStep) => makeStep(registers)) };
	}

	/** One use of a node is over. */
	#release(node: GraphNode): void {
		const left = (this.#uses.get(node) ?? 0) - 1;
		this.#uses.set(node, left);
		const at = this.#placed.get(node);
		if (left > 0 || at === undefined) return;
		this.#placed.delete(node);
		this.#files[node.kind].give(at);
	}

	/** A node inside a fused loop is never computed by itself: its operands lose their use of it. */
	#isFusible = (node: GraphNode): boolean =>
		this.#uses.get(node) === 1 && !this.#placed.has(node) && !this.#program.kept.has(node);

	/** The register of a node; it is computed now if it was not yet. */
	#register(node: GraphNode): number {
		const known = this.#placed.get(node) ?? this.#constants.get(node);
		if (known !== undefined) return known;
		if (node.op === 'constant' || node.op === 'always' || node.op === 'whole') {
			const at = this.#files[node.kind].takeUntouched();
			this.#constants.set(node, at);
			return at;
		}
		return this.#compute(node);
	}

	/** Computes operands, takes a register for the result, then lets the operands go. */
	#emit(
		node: GraphNode,
		operands: readonly GraphNode[],
		makeStep: (o: number, at: readonly number[]) => (registers: Registers) => Step
	): number {
		const at = operands.map((operand) => this.#register(operand));
		const o = this.#files[node.kind].take();
		this.#steps.push(makeStep(o, at));
		for (const operand of operands) this.#release(operand);
		this.#placed.set(node, o);
		return o;
	}

	/** A loop whose operands are all in registers. */
	#step(
		node: GraphNode,
		make: (registers: Registers, o: number, a: number, b: number, c: number) => Step
	): number {
		return this.#emit(
			node,
			node.args,
			(o, [a = 0, b = 0, c = 0]) =>
				(registers) =>
					make(registers, o, a, b, c)
		);
	}

	#compute(node: GraphNode): number {
		const kept = this.#program.kept.get(node);
		if (kept !== undefined) return this.#load(node, kept);
		const fused = this.#fuse(node);
		if (fused !== null) return fused;
		if (ARITHMETIC.has(node.op) || isComparison(node.op)) return this.#twoOperands(node);
		return this.#plain(node);
	}

	#load(node: GraphNode, name: string): number {
		const column = this.#columns.number(name);
		return this.#emit(node, [], (o) => ({ numbers }) => (rows, from) => {
			numbers.set(column.subarray(from, from + rows), o);
		});
	}

	#fuse(node: GraphNode): number | null {
		const line = matchCurve(node, this.#isFusible);
		if (line) {
			// The three look-ups alone need the segment: then nothing else needs x for it either.
			const operands = this.#uses.get(line.index) === 3 ? [line.x, line.x] : [line.x];
			return this.#emit(node, operands, (o, [a = 0]) => ({ numbers: h }) => {
				const { limits, table } = line;
				return (rows) => curve(h, o, a, limits, table, rows);
			});
		}
		const product = matchProduct(node, this.#isFusible);
		if (product)
			return this.#emit(node, [product.sum, product.term], (o, [sum = 0, a = 0]) => {
				const { factor } = product;
				return ({ numbers: h }) =>
					(rows) =>
						addProduct(h, o, sum, a, factor, rows);
			});
		const rounding = matchRound(node, this.#isFusible);
		if (rounding)
			return this.#emit(
				node,
				[rounding.x],
				(o, [a = 0]) =>
					({ numbers: h }) =>
					(rows) =>
						roundUp(h, o, a, rounding, rows)
			);
		const filled = matchOrElse(node, this.#isFusible);
		if (filled)
			return this.#emit(node, [filled.x, filled.x], (o, [a = 0]) => {
				const { constant } = filled;
				return ({ words }) =>
					(rows) =>
						orElse(words, o, a, constant, rows);
			});
		return null;
	}

	/** One side is a constant: the halves of the other are kept or replaced by those of the constant. */
	#selectConstant(node: GraphNode, condition: GraphNode, side: GraphNode, when: number): number {
		const constant = (when === 1 ? node.args[1] : node.args[2])?.value ?? 0;
		return this.#emit(node, [condition, side], (o, [mask = 0, value = 0]) => {
			const choice = { condition: mask, value, constant, when };
			return ({ words, masks }) =>
				(rows) =>
					selectConstant(words, masks, o, choice, rows);
		});
	}

	#select(node: GraphNode): number {
		const [condition, yes, no] = node.args;
		if (condition && yes && no) {
			if (yes.op === 'constant' && no.op !== 'constant')
				return this.#selectConstant(node, condition, no, 1);
			if (no.op === 'constant' && yes.op !== 'constant')
				return this.#selectConstant(node, condition, yes, 0);
		}
		return this.#emit(node, node.args, (o, [at = 0, whenTrue = 0, whenFalse = 0]) => {
			const choice = { condition: at, yes: whenTrue, no: whenFalse };
			return ({ numbers, masks }) =>
				(rows) =>
					selectNumber(numbers, masks, o, choice, rows);
		});
	}

	#twoOperands(node: GraphNode): number {
		const { op } = node;
		const variable = node.args.filter((arg) => arg.op !== 'constant');
		return this.#emit(node, variable, (o, at) => {
			let next = 0;
			const [a, b] = node.args.map((arg): Operand =>
				arg.op === 'constant' ? { constant: arg.value } : { at: at[next++] ?? 0 }
			);
			return (registers) => {
				if (!a || !b) throw new Error(`“${op}” takes two operands.`);
				return isComparison(op)
					? comparisonStep(op, registers, o, a, b)
					: arithmeticStep(op as ArithmeticOp, registers.numbers, o, a, b);
			};
		});
	}

	#plain(node: GraphNode): number {
		const { op, values } = node;
		switch (op) {
			case 'column':
				return this.#load(node, node.name);
			case 'code': {
				const column = this.#columns.code(node.name);
				return this.#emit(node, [], (o) => ({ indexes }) => (rows, from) => {
					indexes.set(column.subarray(from, from + rows), o);
				});
			}
			case 'floor':
			case 'ceil':
			case 'absolute':
			case 'finite':
				return this.#step(node, (r, o, a) => (rows) => UNARY[op](r.numbers, o, a, rows));
			case 'signed_like':
				return this.#step(node, (r, o, a, b) => (rows) => signedLike(r.numbers, o, a, b, rows));
			case 'select':
				return this.#select(node);
			case 'choose':
				return this.#step(node, (r, o, condition, yes, no) => {
					const choice = { condition, yes, no };
					return (rows) => selectIndex(r.indexes, r.masks, o, choice, rows);
				});
			case 'as_number':
				return this.#step(node, (r, o, a) => (rows) => asNumber(r.numbers, r.masks, o, a, rows));
			case 'pick': {
				const table = Float64Array.from(values);
				return this.#step(
					node,
					(r, o, a) => (rows) => pick(r.numbers, r.indexes, o, a, table, rows)
				);
			}
			case 'test': {
				const table = Uint8Array.from(values);
				return this.#step(node, (r, o, a) => (rows) => test(r.masks, r.indexes, o, a, table, rows));
			}
			case 'is_missing':
				return this.#step(node, (r, o, a) => (rows) => isMissing(r.words, r.masks, o, a, rows));
			case 'index_is': {
				const { value } = node;
				return this.#step(
					node,
					(r, o, a) => (rows) => indexIs(r.indexes, r.masks, o, a, value, rows)
				);
			}
			case 'and':
			case 'or':
				return this.#step(node, (r, o, a, b) => (rows) => LOGIC[op](r.masks, o, a, b, rows));
			case 'not':
				return this.#step(node, (r, o, a) => (rows) => not(r.masks, o, a, rows));
			case 'count_at_most':
			case 'count_above': {
				const limits = Float64Array.from(values);
				return this.#step(
					node,
					(r, o, a) => (rows) => COUNT[op](r.numbers, r.indexes, o, a, limits, rows)
				);
			}
			case 'as_index':
				return this.#step(node, (r, o, a) => (rows) => asIndex(r.numbers, r.indexes, o, a, rows));
			case 'larger':
				return this.#step(node, (r, o, a, b) => (rows) => larger(r.indexes, o, a, b, rows));
			case 'combine': {
				const { value } = node;
				return this.#step(
					node,
					(r, o, high, low) => (rows) => combine(r.indexes, o, high, low, value, rows)
				);
			}
			default:
				throw new Error(`“${op}” is not computed by blocks.`);
		}
	}
}

function isComparison(op: GraphNode['op']): op is 'less' | 'at_most' | 'equal' {
	return op === 'less' || op === 'at_most' || op === 'equal';
}
