/**
 * The body of a kernel: one fused loop that takes two rows at a time through every node of a
 * program. There are no branches inside; both sides of a choice are computed and one is selected.
 * Each node is computed once and kept in a local while something still needs it.
 */
import type { GraphNode } from '../graph-node.ts';
import type { Program } from '../program.ts';
import { Bytes } from './bytes.ts';
import { NodeEmitter } from './emit-nodes.ts';
import {
	AT1,
	AT8,
	declareLocals,
	nextRows,
	startOfRows,
	TALLIES,
	tallySize,
	transferSums,
	type RunningSum
} from './frame.ts';
import { OP, SIMD, TYPE } from './instructions.ts';
import type { KernelLayout, TallyPlace } from './layout.ts';
import type { ConstantPool } from './pool.ts';

export interface EmittedKernel {
	readonly body: Bytes;
	readonly pool: ConstantPool;
	readonly tallies: readonly TallyPlace[];
	readonly tallyBytes: number;
	/** The kernel calls the platform's remainder. */
	readonly usesRemainder: boolean;
}

/** Emits the loop of a program. */
export function emitKernel(
	program: Program,
	layout: KernelLayout,
	relaxedSelect: boolean
): EmittedKernel {
	return new KernelEmitter(program, layout, relaxedSelect).emit();
}

class KernelEmitter {
	readonly #program: Program;
	readonly #layout: KernelLayout;
	readonly #nodes: NodeEmitter;
	readonly #sums: RunningSum[] = [];

	constructor(program: Program, layout: KernelLayout, relaxedSelect: boolean) {
		this.#program = program;
		this.#layout = layout;
		this.#nodes = new NodeEmitter(program, layout, relaxedSelect);
	}

	emit(): EmittedKernel {
		const code = this.#nodes.code;
		code.byte(OP.loop, TYPE.nothing);
		for (const output of this.#program.outputs) {
			if (output.store === 'byte') this.#storeBytes(output.node, output.name);
			else this.#storeNumbers(output.node, output.name);
		}
		const { places, bytes } = this.#emitTallies();
		const body = new Bytes(code.length + 256);
		body.append(declareLocals(this.#nodes.types)).append(startOfRows());
		body.append(this.#nodes.prelude);
		body.append(transferSums(this.#sums, 'read')).append(code.append(nextRows()));
		body.append(transferSums(this.#sums, 'write')).byte(OP.end);
		return {
			body,
			pool: this.#nodes.pool,
			tallies: places,
			tallyBytes: bytes,
			usesRemainder: this.#nodes.usesRemainder
		};
	}

	#storeNumbers(node: GraphNode, name: string): void {
		this.#nodes.code.get(AT8);
		this.#nodes.push(node);
		// Adding 0 turns −0 into 0 and nothing else.
		this.#nodes.code.zero();
		this.#nodes.code.simd(SIMD.addF64);
		this.#nodes.code.access(SIMD.store, 4, this.#layout.output(name));
	}

	#storeBytes(node: GraphNode, name: string): void {
		const { code } = this.#nodes;
		const vector = this.#nodes.numberLocal(node);
		for (const lane of [0, 1] as const) {
			code
				.get(AT1)
				.get(vector)
				.simd(SIMD.extract32)
				.byte(lane * 2);
			if (node.kind === 'mask') code.byte(OP.i32Const).signed(1).byte(OP.i32And);
			code
				.byte(OP.i32Store8)
				.unsigned(0)
				.unsigned(this.#layout.output(name) + lane);
		}
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
		const sum = this.#nodes.local(TYPE.v128);
		this.#sums.push({ local: sum, offset });
		this.#nodes.code.get(sum);
		this.#nodes.push(node);
		this.#nodes.code.simd(op);
		this.#nodes.code.set(sum);
	}

	#countInMemory(offset: number, index: GraphNode, value: GraphNode | null): void {
		const addresses = this.#nodes.lanes(index);
		const values = value ? this.#nodes.numberLocal(value) : null;
		for (const lane of [0, 1] as const) {
			const at = offset + lane * index.size * 8;
			this.#tallyAddress(addresses[lane]);
			this.#tallyAddress(addresses[lane]);
			if (values === null) {
				this.#nodes.code.byte(OP.i32Load).unsigned(2).unsigned(at);
				this.#nodes.code.byte(OP.i32Const).signed(1).byte(OP.i32Add);
				this.#nodes.code.byte(OP.i32Store).unsigned(2).unsigned(at);
			} else {
				this.#nodes.code.byte(OP.f64Load).unsigned(3).unsigned(at);
				this.#nodes.code.get(values);
				this.#nodes.code.simd(SIMD.extractF64);
				this.#nodes.code.byte(lane, OP.f64Add, OP.f64Store).unsigned(3).unsigned(at);
			}
		}
	}

	#tallyAddress(scaled: number): void {
		this.#nodes.code.get(TALLIES).get(scaled).byte(OP.i32Add);
	}
}
