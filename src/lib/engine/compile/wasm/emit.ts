/**
 * The body of a kernel: one fused loop that takes two rows at a time through every node of a
 * program. There are no branches inside; both sides of a choice are computed and one is selected.
 * Each node is computed once and kept in a local while something still needs it.
 */
import type { GraphNode } from '../graph.ts';
import { countUses, type Program } from '../program.ts';
import { Bytes } from './bytes.ts';
import {
	AT1,
	AT4,
	AT8,
	declareLocals,
	FRAME_LOCALS,
	nextRows,
	PARAMETERS,
	startOfRows,
	TALLIES,
	tallySize,
	transferSums,
	type RunningSum
} from './frame.ts';
import { OP, SIMD, TYPE } from './instructions.ts';
import type { KernelLayout, TallyPlace } from './layout.ts';
import { ConstantPool } from './pool.ts';

export interface EmittedKernel {
	readonly body: Bytes;
	readonly pool: ConstantPool;
	readonly tallies: readonly TallyPlace[];
	readonly tallyBytes: number;
	/** The kernel calls the platform's remainder. */
	readonly usesRemainder: boolean;
}

const ARITHMETIC = {
	add: SIMD.addF64,
	subtract: SIMD.subtractF64,
	multiply: SIMD.multiplyF64,
	divide: SIMD.divideF64
} as const;
const COMPARISON = {
	less: SIMD.lessF64,
	at_most: SIMD.atMostF64,
	equal: SIMD.equalF64
} as const;
/** Sign bit of a double as a 64-bit whole number. */
const SIGN_BIT = -(2 ** 63);
/** Lowest bytes of both lanes to the front. */
const LOW_BYTES = [0, 8, ...new Array<number>(14).fill(0)];

/** Emits the loop of a program. */
export function emitKernel(
	program: Program,
	layout: KernelLayout,
	relaxedSelect: boolean
): EmittedKernel {
	return new Emitter(program, layout, relaxedSelect).emit();
}

class Emitter {
	readonly #program: Program;
	readonly #layout: KernelLayout;
	readonly #relaxedSelect: boolean;
	readonly #uses: Map<GraphNode, number>;
	readonly #code = new Bytes(4096);
	readonly #pool = new ConstantPool();
	readonly #vectors = new Map<GraphNode, number>();
	/** Locals that hold 8 × index of the even and the odd row. */
	readonly #addresses = new Map<GraphNode, readonly [number, number]>();
	readonly #types: number[] = [...FRAME_LOCALS];
	#usesRemainder = false;
	readonly #sums: RunningSum[] = [];

	constructor(program: Program, layout: KernelLayout, relaxedSelect: boolean) {
		this.#program = program;
		this.#layout = layout;
		this.#relaxedSelect = relaxedSelect;
		this.#uses = countUses(program);
	}

	emit(): EmittedKernel {
		const code = this.#code;
		code.byte(OP.loop, TYPE.nothing);
		for (const output of this.#program.outputs) {
			if (output.store === 'byte') this.#storeBytes(output.node, output.name);
			else this.#storeNumbers(output.node, output.name);
		}
		const { places, bytes } = this.#emitTallies();
		const body = new Bytes(code.length + 256);
		body.append(declareLocals(this.#types)).append(startOfRows());
		body.append(transferSums(this.#sums, 'read')).append(code.append(nextRows()));
		body.append(transferSums(this.#sums, 'write')).byte(OP.end);
		return {
			body,
			pool: this.#pool,
			tallies: places,
			tallyBytes: bytes,
			usesRemainder: this.#usesRemainder
		};
	}

	#local(type: number): number {
		this.#types.push(type);
		return PARAMETERS + this.#types.length - 1;
	}

	#simd(op: number): void {
		this.#code.byte(0xfd).unsigned(op);
	}

	/** A memory instruction at the row's offset in `local`. */
	#access(op: number, alignment: number, address: number): void {
		this.#simd(op);
		this.#code.unsigned(alignment).unsigned(address);
	}

	#zero(): void {
		this.#simd(SIMD.constant);
		this.#code.byte(...new Array<number>(16).fill(0));
	}

	#constantAt(offset: number): void {
		this.#code.byte(OP.i32Const).signed(0);
		this.#access(SIMD.load, 4, this.#layout.pool + offset);
	}

	#storeNumbers(node: GraphNode, name: string): void {
		this.#code.byte(OP.get).unsigned(AT8);
		this.#push(node);
		// Adding 0 turns −0 into 0 and nothing else.
		this.#zero();
		this.#simd(SIMD.addF64);
		this.#access(SIMD.store, 4, this.#layout.output(name));
	}

	#storeBytes(node: GraphNode, name: string): void {
		this.#code.byte(OP.get).unsigned(AT1);
		this.#push(node);
		if (node.kind === 'mask') {
			this.#constantAt(this.#pool.whole(1));
			this.#simd(SIMD.and);
		}
		const local = this.#local(TYPE.v128);
		this.#code.byte(OP.tee).unsigned(local).byte(OP.get).unsigned(local);
		this.#simd(SIMD.shuffle8);
		this.#code.byte(...LOW_BYTES);
		this.#access(SIMD.store16Lane, 0, this.#layout.output(name));
		this.#code.byte(0);
	}

	#emitTallies(): { places: TallyPlace[]; bytes: number } {
		const places: TallyPlace[] = [];
		let offset = 0;
		for (const { name, index, value } of this.#program.tallies) {
			const size = tallySize(index);
			places.push({ name, size, offset, isCount: value === null });
			if (index.kind === 'mask') this.#accumulate(offset, index, SIMD.subtract64);
			else if (value && size === 1) this.#accumulate(offset, value, SIMD.addF64);
			else this.#countInMemory(offset, index, value);
			offset += size * 16;
		}
		return { places, bytes: offset };
	}

	/** A sum over all rows stays in a local; a mask is −1 where it holds, so it is taken away. */
	#accumulate(offset: number, node: GraphNode, op: number): void {
		const sum = this.#local(TYPE.v128);
		this.#sums.push({ local: sum, offset });
		this.#code.byte(OP.get).unsigned(sum);
		this.#push(node);
		this.#simd(op);
		this.#code.byte(OP.set).unsigned(sum);
	}

	#countInMemory(offset: number, index: GraphNode, value: GraphNode | null): void {
		const addresses = this.#lanes(index);
		const values = value ? this.#numberLocal(value) : null;
		for (const lane of [0, 1] as const) {
			const at = offset + lane * index.size * 8;
			this.#tallyAddress(addresses[lane]);
			this.#tallyAddress(addresses[lane]);
			if (values === null) {
				this.#code.byte(OP.i32Load).unsigned(2).unsigned(at);
				this.#code.byte(OP.i32Const).signed(1).byte(OP.i32Add);
				this.#code.byte(OP.i32Store).unsigned(2).unsigned(at);
			} else {
				this.#code.byte(OP.f64Load).unsigned(3).unsigned(at);
				this.#code.byte(OP.get).unsigned(values);
				this.#simd(SIMD.extractF64);
				this.#code.byte(lane, OP.f64Add, OP.f64Store).unsigned(3).unsigned(at);
			}
		}
	}

	#tallyAddress(scaled: number): void {
		this.#code.byte(OP.get).unsigned(TALLIES).byte(OP.get).unsigned(scaled).byte(OP.i32Add);
	}

	/** A local that holds the vector of a node. */
	#numberLocal(node: GraphNode): number {
		const known = this.#vectors.get(node);
		if (known !== undefined) return known;
		this.#computeOrLoad(node);
		const local = this.#local(TYPE.v128);
		this.#code.byte(OP.set).unsigned(local);
		this.#vectors.set(node, local);
		return local;
	}

	/** Puts the vector of a node on the stack, from its column where a result was kept. */
	#push(node: GraphNode): void {
		const known = this.#vectors.get(node);
		if (known !== undefined) {
			this.#code.byte(OP.get).unsigned(known);
			return;
		}
		this.#computeOrLoad(node);
		const isConstant = node.op === 'constant' || node.op === 'whole' || node.op === 'always';
		if (isConstant || (this.#uses.get(node) ?? 0) < 2) return;
		const local = this.#local(TYPE.v128);
		this.#code.byte(OP.tee).unsigned(local);
		this.#vectors.set(node, local);
	}

	#pushAll(nodes: readonly GraphNode[]): void {
		for (const node of nodes) this.#push(node);
	}

	#computeOrLoad(node: GraphNode): void {
		const kept = this.#program.kept.get(node);
		if (kept === undefined) return this.#compute(node);
		this.#code.byte(OP.get).unsigned(AT8);
		this.#access(SIMD.load, 3, this.#layout.number(kept));
	}

	#compute(node: GraphNode): void {
		const [a, b] = node.args;
		switch (node.op) {
			case 'constant':
				return this.#constantAt(this.#pool.double(node.value));
			case 'always':
				return this.#constantAt(this.#pool.whole(node.value ? -1 : 0));
			case 'whole':
				return this.#constantAt(this.#pool.whole(node.value));
			case 'column':
				this.#code.byte(OP.get).unsigned(AT8);
				return this.#access(SIMD.load, 3, this.#layout.number(node.name));
			case 'code':
				this.#code.byte(OP.get).unsigned(AT4);
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
				return this.#simd(
					node.op === 'floor' ? SIMD.floorF64 : node.op === 'ceil' ? SIMD.ceilF64 : SIMD.absoluteF64
				);
			case 'signed_like':
				this.#pushAll(node.args);
				this.#constantAt(this.#pool.whole(SIGN_BIT));
				this.#simd(SIMD.and);
				return this.#simd(SIMD.or);
			case 'finite': {
				// x + (x − x): infinite becomes missing, everything else stays.
				if (!a) return;
				const x = this.#numberLocal(a);
				this.#code.byte(OP.get).unsigned(x).byte(OP.get).unsigned(x).byte(OP.get).unsigned(x);
				this.#simd(SIMD.subtractF64);
				return this.#simd(SIMD.addF64);
			}
			case 'select':
			case 'choose':
				return this.#select(node.args);
			case 'as_number':
				this.#pushAll(node.args);
				this.#constantAt(this.#pool.double(1));
				return this.#simd(SIMD.and);
			case 'pick':
				return a && this.#lookUp(a, this.#pool.doubles(node.values));
			case 'test':
				return a && this.#lookUp(a, this.#pool.masks(node.values));
			case 'less':
			case 'at_most':
			case 'equal':
				this.#pushAll(node.args);
				return this.#simd(COMPARISON[node.op]);
			case 'is_missing': {
				if (!a) return;
				const x = this.#numberLocal(a);
				this.#code.byte(OP.get).unsigned(x).byte(OP.get).unsigned(x);
				return this.#simd(SIMD.unequalF64);
			}
			case 'index_is':
				this.#pushAll(node.args);
				this.#constantAt(this.#pool.whole(node.value));
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
				this.#simd(SIMD.truncate32F64);
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
		const isZero = (node: GraphNode): boolean => node.op === 'constant' && node.value === 0;
		const isNone = (node: GraphNode): boolean => node.op === 'constant' && Number.isNaN(node.value);
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
			this.#simd(SIMD.not);
			return this.#simd(SIMD.or);
		}
		this.#pushAll([yes, no, condition]);
		this.#simd(this.#relaxedSelect ? SIMD.relaxedLaneSelect64 : SIMD.bitSelect);
	}

	#remainder(args: readonly GraphNode[]): void {
		const [a, b] = args.map((arg) => this.#numberLocal(arg));
		if (a === undefined || b === undefined) return;
		this.#usesRemainder = true;
		for (const lane of [0, 1]) {
			for (const operand of [a, b]) {
				this.#code.byte(OP.get).unsigned(operand);
				this.#simd(SIMD.extractF64);
				this.#code.byte(lane);
			}
			this.#code.byte(OP.call).unsigned(0);
			this.#simd(lane === 0 ? SIMD.splatF64 : SIMD.replaceF64);
			if (lane === 1) this.#code.byte(lane);
		}
	}

	/** Each threshold that is passed takes −1 (a mask) away from the count. */
	#count(node: GraphNode): void {
		const [a] = node.args;
		if (!a) return;
		const x = this.#numberLocal(a);
		this.#zero();
		for (const threshold of node.values) {
			if (node.op === 'count_above') this.#code.byte(OP.get).unsigned(x);
			this.#constantAt(this.#pool.double(threshold));
			if (node.op === 'count_at_most') this.#code.byte(OP.get).unsigned(x);
			this.#simd(node.op === 'count_above' ? SIMD.lessF64 : SIMD.atMostF64);
			this.#simd(SIMD.subtract64);
		}
	}

	/** Entries of a table in linear memory, one for each row. */
	#lookUp(index: GraphNode, table: number): void {
		const [even, odd] = this.#lanes(index);
		this.#code.byte(OP.get).unsigned(odd).byte(OP.get).unsigned(even);
		this.#access(SIMD.load64Zero, 3, this.#layout.pool + table);
		this.#access(SIMD.load64Lane, 3, this.#layout.pool + table);
		this.#code.byte(1);
	}

	/** 8 × the index of both rows, as plain integers. */
	#lanes(index: GraphNode): readonly [number, number] {
		const known = this.#addresses.get(index);
		if (known) return known;
		const locals = [this.#local(TYPE.i32), this.#local(TYPE.i32)] as const;
		const vector = index.op === 'code' || index.op === 'combine' ? null : this.#numberLocal(index);
		const parts = index.op === 'combine' ? index.args.map((arg) => this.#lanes(arg)) : [];
		for (const lane of [0, 1] as const) {
			if (index.op === 'code') {
				this.#code.byte(OP.get).unsigned(AT4).byte(OP.i32Load).unsigned(2);
				this.#code.unsigned(this.#layout.code(index.name) + lane * 4);
				this.#code.byte(OP.i32Const).signed(3).byte(OP.i32ShiftLeft);
			} else if (vector === null) {
				const [high, low] = parts;
				this.#code.byte(OP.get).unsigned(high?.[lane] ?? 0);
				this.#code.byte(OP.i32Const).signed(index.value).byte(OP.i32Multiply);
				this.#code
					.byte(OP.get)
					.unsigned(low?.[lane] ?? 0)
					.byte(OP.i32Add);
			} else {
				this.#code.byte(OP.get).unsigned(vector);
				this.#simd(SIMD.extract32);
				this.#code.byte(lane * 2);
				this.#code.byte(OP.i32Const).signed(3).byte(OP.i32ShiftLeft);
			}
			this.#code.byte(OP.set).unsigned(locals[lane]);
		}
		this.#addresses.set(index, locals);
		return locals;
	}
}
