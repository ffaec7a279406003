/**
 * Nodes as instructions. Each node is computed once and kept in a local while something still needs
 * it; both sides of a choice are computed and one is selected.
 */
import { isNone, isZero, type GraphNode } from '../graph-node.ts';
import { countUses, type Program } from '../program.ts';
import { isWritten, pairedPicks, SteadyNodes } from './arrange.ts';
import { AT4, AT8, FRAME_LOCALS, PARAMETERS } from './frame.ts';
import { Instructions } from './instructions-writer.ts';
import {
	ARITHMETIC,
	COMPARISON,
	HIGH_HALVES,
	LOW_HALVES,
	OP,
	SIGN_BIT,
	SIMD,
	TYPE,
	UNARY
} from './instructions.ts';
import type { KernelLayout } from './layout.ts';
import { ConstantPool } from './pool.ts';

export class NodeEmitter {
	readonly pool = new ConstantPool();
	/** Reads the constants into locals and computes what is the same for every row, before the loop. */
	readonly prelude = new Instructions(1024);
	/** Types of all locals so far. */
	readonly types: number[] = [...FRAME_LOCALS];
	readonly #program: Program;
	readonly #layout: KernelLayout;
	readonly #relaxedSelect: boolean;
	readonly #uses: Map<GraphNode, number>;
	readonly #vectors = new Map<GraphNode, number>();
	/** Locals that hold 8 × index of the even and the odd row. */
	readonly #addresses = new Map<GraphNode, readonly [number, number]>();
	/** Picks that are loaded together with another one by the same index. */
	readonly #pairs: ReadonlyMap<GraphNode, GraphNode>;
	readonly #steady: SteadyNodes;
	readonly #loop = new Instructions(4096);
	/** Where instructions go: into the loop or before it. */
	#code = this.#loop;
	#usesRemainder = false;

	constructor(program: Program, layout: KernelLayout, relaxedSelect: boolean) {
		this.#program = program;
		this.#layout = layout;
		this.#relaxedSelect = relaxedSelect;
		this.#uses = countUses(program);
		this.#pairs = pairedPicks(this.#uses.keys(), program.kept);
		this.#steady = new SteadyNodes(program.kept);
	}

	get code(): Instructions {
		return this.#code;
	}

	/** Whether the platform's remainder was called. */
	get usesRemainder(): boolean {
		return this.#usesRemainder;
	}

	/** A new local. */
	local(type: number): number {
		this.types.push(type);
		return PARAMETERS + this.types.length - 1;
	}

	#simd(op: number): void {
		this.code.simd(op);
	}

	#access(op: number, alignment: number, address: number): void {
		this.code.access(op, alignment, address);
	}

	/** Puts a constant of the pool on the stack. */
	constantAt(offset: number): void {
		const local = this.local(TYPE.v128);
		this.prelude.byte(OP.i32Const).signed(0);
		this.prelude.access(SIMD.load, 4, this.#layout.pool + offset).set(local);
		this.code.get(local);
	}

	/** A local that holds the vector of a node. */
	numberLocal(node: GraphNode): number {
		const known = this.#vectors.get(node);
		if (known !== undefined) return known;
		if (this.#steady.has(node)) return this.#before(node);
		this.#computeOrLoad(node);
		const local = this.local(TYPE.v128);
		this.code.set(local);
		this.#vectors.set(node, local);
		return local;
	}

	/** Puts the vector of a node on the stack, from its column where a result was kept. */
	push(node: GraphNode): void {
		const known = this.#vectors.get(node);
		if (known !== undefined) {
			this.code.get(known);
			return;
		}
		if (this.#steady.has(node)) {
			this.code.get(this.#before(node));
			return;
		}
		this.#computeOrLoad(node);
		if (isWritten(node) || (this.#uses.get(node) ?? 0) < 2) return;
		const local = this.local(TYPE.v128);
		this.code.tee(local);
		this.#vectors.set(node, local);
	}

	/** Computes a node once, before the loop; the local that holds it. */
	#before(node: GraphNode): number {
		const outer = this.#code;
		this.#code = this.prelude;
		this.#computeOrLoad(node);
		const local = this.local(TYPE.v128);
		this.prelude.set(local);
		this.#code = outer;
		this.#vectors.set(node, local);
		return local;
	}

	#pushAll(nodes: readonly GraphNode[]): void {
		for (const node of nodes) this.push(node);
	}

	#computeOrLoad(node: GraphNode): void {
		const kept = this.#program.kept.get(node);
		if (kept === undefined) return this.#compute(node);
		this.code.get(AT8);
		this.code.access(SIMD.load, 3, this.#layout.number(kept));
	}

	#compute(node: GraphNode): void {
		const [a, b] = node.args;
		switch (node.op) {
			case 'constant':
				return this.constantAt(this.pool.double(node.value));
			case 'always':
				return this.constantAt(this.pool.whole(node.value ? -1 : 0));
			case 'whole':
				return this.constantAt(this.pool.whole(node.value));
			case 'open':
				return this.constantAt(this.pool.open(node.name));
			case 'column':
				this.code.get(AT8);
				return this.#access(SIMD.load, 3, this.#layout.number(node.name));
			case 'code':
				this.code.get(AT4);
				return this.#access(SIMD.load32x2Signed, 2, this.#layout.code(node.name));
			case 'add':
			case 'subtract':
			case 'multiply':
			case 'divide':
				this.#pushAll(node.args);
				return this.#simd(ARITHMETIC[node.op]);
			case 'min':
			case 'max':
				return this.#extreme(node.op, node.args);
			case 'modulo':
				return this.#remainder(node.args);
			case 'floor':
			case 'ceil':
			case 'absolute':
				this.#pushAll(node.args);
				return this.#simd(UNARY[node.op]);
			case 'signed_like':
				this.#pushAll(node.args);
				this.constantAt(this.pool.whole(SIGN_BIT));
				this.code.simd(SIMD.and);
				return this.#simd(SIMD.or);
			case 'finite': {
				// x + (x − x): infinite becomes missing, everything else stays.
				if (!a) return;
				const x = this.numberLocal(a);
				this.code.get(x).get(x).get(x);
				this.code.simd(SIMD.subtractF64);
				return this.#simd(SIMD.addF64);
			}
			case 'select':
			case 'choose':
				return this.#select(node.args);
			case 'as_number':
				this.#pushAll(node.args);
				this.constantAt(this.pool.double(1));
				return this.#simd(SIMD.and);
			case 'pick':
				return this.#pick(node);
			case 'test':
				return a && this.#lookUp(a, this.pool.masks(node.values));
			case 'less':
			case 'at_most':
			case 'equal':
				this.#pushAll(node.args);
				return this.#simd(COMPARISON[node.op]);
			case 'is_missing': {
				if (!a) return;
				const x = this.numberLocal(a);
				this.code.get(x).get(x);
				return this.#simd(SIMD.unequalF64);
			}
			case 'index_is':
				this.#pushAll(node.args);
				this.constantAt(this.pool.whole(node.value));
				return this.#simd(SIMD.equal64);
			case 'and':
				return this.#conjunction(a, b);
			case 'or':
				this.#pushAll(node.args);
				return this.#simd(SIMD.or);
			case 'not':
				this.#pushAll(node.args);
				return this.#simd(SIMD.not);
			case 'count_at_most':
			case 'count_above':
				return this.#count(node);
			case 'as_index':
				this.#pushAll(node.args);
				this.code.simd(SIMD.truncate32F64);
				return this.#simd(SIMD.extendLow32);
			case 'larger':
				this.#pushAll(node.args);
				return this.#simd(SIMD.max32);
			case 'combine':
				throw new Error('A combined index is only looked up or counted by.');
		}
	}

	/** `and` with a negated operand is one instruction. */
	#conjunction(a: GraphNode | undefined, b: GraphNode | undefined): void {
		if (!a || !b) return;
		const negated = b.op === 'not' ? b.args[0] : a.op === 'not' ? a.args[0] : undefined;
		if (!negated) {
			this.#pushAll([a, b]);
			return this.#simd(SIMD.and);
		}
		this.#pushAll([b.op === 'not' ? a : b, negated]);
		return this.#simd(SIMD.andNot);
	}

	/** Where one side cannot be missing, the short form already keeps the other side's NaN. */
	#extreme(op: 'min' | 'max', [a, b]: readonly GraphNode[]): void {
		if (!a || !b) return;
		const short = op === 'min' ? SIMD.pseudoMinF64 : SIMD.pseudoMaxF64;
		if (!b.nullable) {
			this.#pushAll([a, b]);
			return this.#simd(short);
		}
		this.#pushAll([b, a]);
		return this.#simd(a.nullable ? (op === 'min' ? SIMD.minF64 : SIMD.maxF64) : short);
	}

	#select([condition, yes, no]: readonly GraphNode[]): void {
		if (!condition || !yes || !no) return;
		// A mask of ones is a NaN, a mask of zeros is 0: then one operation selects.
		if (isNone(yes)) {
			this.#pushAll([no, condition]);
			return this.#simd(SIMD.or);
		}
		if (isZero(no)) {
			this.#pushAll([yes, condition]);
			return this.#simd(SIMD.and);
		}
		if (isZero(yes)) {
			this.#pushAll([no, condition]);
			return this.#simd(SIMD.andNot);
		}
		if (isNone(no)) {
			this.#pushAll([yes, condition]);
			this.code.simd(SIMD.not);
			return this.#simd(SIMD.or);
		}
		this.#pushAll([yes, no, condition]);
		this.code.simd(this.#relaxedSelect ? SIMD.relaxedLaneSelect64 : SIMD.bitSelect);
	}

	#remainder(args: readonly GraphNode[]): void {
		const [a, b] = args.map((arg) => this.numberLocal(arg));
		if (a === undefined || b === undefined) return;
		this.#usesRemainder = true;
		for (const lane of [0, 1]) {
			for (const operand of [a, b]) {
				this.code.get(operand);
				this.code.simd(SIMD.extractF64);
				this.code.byte(lane);
			}
			this.code.byte(OP.call).unsigned(0);
			this.code.simd(lane === 0 ? SIMD.splatF64 : SIMD.replaceF64);
			if (lane === 1) this.code.byte(lane);
		}
	}

	/** Each threshold that is passed takes −1 (a mask) away from the count. */
	#count(node: GraphNode): void {
		const [a] = node.args;
		if (!a) return;
		const x = this.numberLocal(a);
		this.code.zero();
		for (const threshold of node.values) {
			if (node.op === 'count_above') this.code.get(x);
			this.constantAt(this.pool.double(threshold));
			if (node.op === 'count_at_most') this.code.get(x);
			this.code.simd(node.op === 'count_above' ? SIMD.lessF64 : SIMD.atMostF64);
			this.code.simd(SIMD.subtract64);
		}
	}

	/** Two numbers picked by one index lie side by side and are loaded at once. */
	#pick(node: GraphNode): void {
		const [index] = node.args;
		if (!index) return;
		const other = this.#pairs.get(node);
		if (!other) return this.#lookUp(index, this.pool.doubles(node.values));
		const pairs = node.values.flatMap((value, i) => [value, other.values[i] ?? NaN]);
		const table = this.pool.doubles(pairs);
		const loaded = this.#wideLanes(index).map((address) => {
			const local = this.local(TYPE.v128);
			this.code.get(address);
			this.code.access(SIMD.load, 3, this.#layout.pool + table).set(local);
			return local;
		});
		const [even = 0, odd = 0] = loaded;
		const second = this.local(TYPE.v128);
		this.code
			.get(even)
			.get(odd)
			.simd(SIMD.shuffle8)
			.byte(...HIGH_HALVES)
			.set(second);
		this.#vectors.set(other, second);
		this.code
			.get(even)
			.get(odd)
			.simd(SIMD.shuffle8)
			.byte(...LOW_HALVES);
	}

	/** 16 × the index of both rows. */
	#wideLanes(index: GraphNode): readonly number[] {
		return this.lanes(index).map((address) => {
			const local = this.local(TYPE.i32);
			this.code.get(address).get(address).byte(OP.i32Add).set(local);
			return local;
		});
	}

	/** Entries of a table in linear memory, one for each row. */
	#lookUp(index: GraphNode, table: number): void {
		const [even, odd] = this.lanes(index);
		this.code.get(odd).get(even);
		this.code.access(SIMD.load64Zero, 3, this.#layout.pool + table);
		this.code.access(SIMD.load64Lane, 3, this.#layout.pool + table);
		this.code.byte(1);
	}

	/** 8 × the index of both rows, as plain integers. */
	lanes(index: GraphNode): readonly [number, number] {
		const known = this.#addresses.get(index);
		if (known) return known;
		const locals = [this.local(TYPE.i32), this.local(TYPE.i32)] as const;
		const vector = index.op === 'code' || index.op === 'combine' ? null : this.numberLocal(index);
		const parts = index.op === 'combine' ? index.args.map((arg) => this.lanes(arg)) : [];
		for (const lane of [0, 1] as const) {
			if (index.op === 'code') {
				this.code.get(AT4).byte(OP.i32Load).unsigned(2);
				this.code.unsigned(this.#layout.code(index.name) + lane * 4);
				this.code.byte(OP.i32Const).signed(3).byte(OP.i32ShiftLeft);
			} else if (vector === null) {
				const [high, low] = parts;
				this.code.get(high?.[lane] ?? 0);
				this.code.byte(OP.i32Const).signed(index.value).byte(OP.i32Multiply);
				this.code
					.byte(OP.get)
					.unsigned(low?.[lane] ?? 0)
					.byte(OP.i32Add);
			} else {
				this.code.get(vector);
				this.code.simd(SIMD.extract32);
				this.code.byte(lane * 2);
				this.code.byte(OP.i32Const).signed(3).byte(OP.i32ShiftLeft);
			}
			this.code.set(locals[lane]);
		}
		this.#addresses.set(index, locals);
		return locals;
	}
}
