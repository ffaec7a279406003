/** Where a kernel finds its columns and leaves its results in linear memory. */

export interface KernelLayout {
	/** Address of a column of doubles. */
	number(name: string): number;
	/** Address of a column of 32-bit positions: code + 1, 0 is missing. */
	code(name: string): number;
	/** Address of the column that an output is stored in. */
	output(name: string): number;
	/** Address of the constants. */
	readonly pool: number;
}

/** Where one tally keeps its numbers, from the start of the area that the kernel is given. */
export interface TallyPlace {
	readonly name: string;
	readonly size: number;
	/** Numbers of even rows; those of odd rows follow after `size` entries. */
	readonly offset: number;
	/** 32-bit counts instead of sums of doubles; both in entries of 8 bytes. */
	readonly isCount: boolean;
}
