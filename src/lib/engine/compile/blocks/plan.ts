/**
 * A program as a list of loops over blocks of rows. Nodes are put in an order in which operands come
 * first; a register is taken when a node is computed and given back after its last use. Pairs and
 * groups of operations that always come together (weighted sums, curves, rounding) are one loop.
 */
import type { ArithmeticOp, GraphNode } from '../graph.ts';
import { countUses, type Program } from '../program.ts';
import {
	addProductStep,
	arithmeticStep,
	roundStep,
	signedLikeStep,
	UNARY,
	type Operand
} from './arithmetic.ts';
import {
	asIndexStep,
	asNumberStep,
	combineStep,
	comparisonStep,
	countStep,
	curveStep,
	indexIsStep,
	isMissingStep,
	largerStep,
	LOGIC,
	notStep,
	pickStep,
	selectStep,
	testStep
} from './choices.ts';
import { matchCurve, matchProduct, matchRound } from './patterns.ts';
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
		const registers: Registers = {
			numbers: new Float64Array(size(this.#files.number)),
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
		const curve = matchCurve(node, this.#isFusible);
		if (curve)
			return this.#emit(
				node,
				[curve.x],
				(o, [a = 0]) =>
					({ numbers }) =>
						curveStep(numbers, o, a, curve.segments)
			);
		const product = matchProduct(node, this.#isFusible);
		if (product)
			return this.#emit(
				node,
				[product.sum, product.term],
				(o, [sum = 0, a = 0]) =>
					({ numbers }) =>
						addProductStep(numbers, o, sum, a, product.factor)
			);
		const round = matchRound(node, this.#isFusible);
		if (round)
			return this.#emit(
				node,
				[round.x],
				(o, [a = 0]) =>
					({ numbers }) =>
						roundStep(numbers, o, a, round)
			);
		return null;
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
		const { op, args, values } = node;
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
				return this.#emit(
					node,
					args,
					(o, [a = 0]) =>
						({ numbers }) =>
							UNARY[op](numbers, o, a)
				);
			case 'signed_like':
				return this.#emit(
					node,
					args,
					(o, [a = 0, b = 0]) =>
						({ numbers }) =>
							signedLikeStep(numbers, o, a, b)
				);
			case 'select':
				return this.#emit(
					node,
					args,
					(o, [condition = 0, yes = 0, no = 0]) =>
						(registers) =>
							selectStep(registers.numbers, registers.masks, o, { condition, yes, no })
				);
			case 'choose':
				return this.#emit(
					node,
					args,
					(o, [condition = 0, yes = 0, no = 0]) =>
						(registers) =>
							selectStep(registers.indexes, registers.masks, o, { condition, yes, no })
				);
			case 'as_number':
				return this.#emit(
					node,
					args,
					(o, [a = 0]) =>
						(registers) =>
							asNumberStep(registers, o, a)
				);
			case 'pick':
				return this.#emit(
					node,
					args,
					(o, [a = 0]) =>
						(registers) =>
							pickStep(registers, o, a, values)
				);
			case 'test':
				return this.#emit(
					node,
					args,
					(o, [a = 0]) =>
						(registers) =>
							testStep(registers, o, a, values)
				);
			case 'is_missing':
				return this.#emit(
					node,
					args,
					(o, [a = 0]) =>
						(registers) =>
							isMissingStep(registers, o, a)
				);
			case 'index_is':
				return this.#emit(
					node,
					args,
					(o, [a = 0]) =>
						(registers) =>
							indexIsStep(registers, o, a, node.value)
				);
			case 'and':
			case 'or':
				return this.#emit(
					node,
					args,
					(o, [a = 0, b = 0]) =>
						({ masks }) =>
							LOGIC[op](masks, o, a, b)
				);
			case 'not':
				return this.#emit(
					node,
					args,
					(o, [a = 0]) =>
						({ masks }) =>
							notStep(masks, o, a)
				);
			case 'count_at_most':
			case 'count_above':
				return this.#emit(
					node,
					args,
					(o, [a = 0]) =>
						(registers) =>
							countStep(op, registers, o, a, values)
				);
			case 'as_index':
				return this.#emit(
					node,
					args,
					(o, [a = 0]) =>
						(registers) =>
							asIndexStep(registers, o, a)
				);
			case 'larger':
				return this.#emit(
					node,
					args,
					(o, [a = 0, b = 0]) =>
						({ indexes }) =>
							largerStep(indexes, o, a, b)
				);
			case 'combine':
				return this.#emit(
					node,
					args,
					(o, [high = 0, low = 0]) =>
						({ indexes }) =>
							combineStep(indexes, o, { high, low, factor: node.value })
				);
			default:
				throw new Error(`“${op}” is not computed by blocks.`);
		}
	}
}

function isComparison(op: GraphNode['op']): op is 'less' | 'at_most' | 'equal' {
	return op === 'less' || op === 'at_most' || op === 'equal';
}
