/**
 * Where block loops keep their values: every register holds one value for each row of a block, and
 * all registers of a kind lie in one array, so that a choice between two registers is an index and
 * not a branch.
 */

/** Rows that are computed together: their registers stay in the processor's nearer caches. */
export const BLOCK_ROWS = 1024;

export interface Registers {
	readonly numbers: Float64Array;
	/** The same registers as halves of 32 bits. */
	readonly words: Int32Array;
	/** 0 or 1. */
	readonly masks: Uint8Array;
	readonly indexes: Int32Array;
}

/** Computes one node for the first `rows` rows of a block that begins at row `from`. */
export type Step = (rows: number, from: number) => void;

/** Hands out registers of one kind and takes them back. */
export class RegisterFile {
	readonly #free: number[] = [];
	#count = 0;

	get count(): number {
		return this.#count;
	}

	/** Offset of a free register. */
	take(): number {
		return this.#free.pop() ?? this.#count++ * BLOCK_ROWS;
	}

	/** A register that nothing wrote to before and nothing will: for constants. */
	takeUntouched(): number {
		return this.#count++ * BLOCK_ROWS;
	}

	give(offset: number): void {
		this.#free.push(offset);
	}
}
