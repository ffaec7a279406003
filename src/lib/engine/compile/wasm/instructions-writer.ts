/** Bytes that are instructions: the few forms that kernels write over and over. */
import { Bytes } from './bytes.ts';
import { OP, SIMD } from './instructions.ts';

const PREFIX = 0xfd;

export class Instructions extends Bytes {
	get(local: number): this {
		return this.byte(OP.get).unsigned(local);
	}

	set(local: number): this {
		return this.byte(OP.set).unsigned(local);
	}

	tee(local: number): this {
		return this.byte(OP.tee).unsigned(local);
	}

	/** An instruction on 128-bit vectors. */
	simd(op: number): this {
		return this.byte(PREFIX).unsigned(op);
	}

	/** A vector read or written at an address that is on the stack, plus a fixed one. */
	access(op: number, alignment: number, address: number): this {
		return this.simd(op).unsigned(alignment).unsigned(address);
	}

	/** A vector of zeros. */
	zero(): this {
		return this.simd(SIMD.constant).byte(...new Array<number>(16).fill(0));
	}
}
