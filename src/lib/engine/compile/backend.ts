/** What every back end offers: columns of one table in its own form, and kernels that run over them. */
import type { Program } from './program.ts';

export type BackendName = 'wasm' | 'blocks';

export interface Backend {
	readonly name: BackendName;
	/** Kernels take numbers that are set between runs (`Graph.open`). */
	readonly hasOpenNumbers: boolean;
	/** Makes a program ready to run; results go to columns that later programs may read. */
	prepare(program: Program): Kernel;
	/** A column of numbers that a program stored. */
	numbers(name: string): Float64Array;
	/** A column of numbers of which each is missing. */
	readonly missingNumbers: Float64Array;
	/** A column of bytes that a program stored. */
	bytes(name: string): Uint8Array;
	/** The table's column of this name has other values now. */
	refresh(name: string): void;
	/** Bytes that the back end holds for its columns, results and constants. */
	readonly heldBytes: number;
}

export interface Kernel {
	/** The kernel had to be compiled anew, not only filled with other constants. */
	readonly isNew: boolean;
	/** Sets a number that the program left open. */
	set(name: string, value: number): void;
	/** Runs rows [from, to); `from` is even. Tallies of several runs add up. */
	run(from: number, to: number): void;
	/** Sums of a tally since the last `reset`. */
	tally(name: string): Float64Array;
	reset(): void;
}
