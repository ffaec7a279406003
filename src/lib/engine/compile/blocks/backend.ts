/** The back end without WebAssembly: closures over blocks of rows. */
import type { Backend, Kernel } from '../backend.ts';
import type { SourceColumns } from '../facts.ts';
import type { Output, Program, Tally } from '../program.ts';
import { BlockPlanner, type BlockColumns, type BlockPlan } from './plan.ts';
import { BLOCK_ROWS, type Registers, type Step } from './registers.ts';

export class BlockBackend implements Backend {
	readonly name = 'blocks';
	/** Loops fuse what is constant, so a number that moves makes them anew. */
	readonly hasOpenNumbers = false;
	readonly #columns: SourceColumns;
	readonly #numbers = new Map<string, Float64Array>();
	readonly #codes = new Map<string, Int32Array>();
	readonly #bytes = new Map<string, Uint8Array>();

	constructor(columns: SourceColumns) {
		this.#columns = columns;
	}

	get heldBytes(): number {
		let bytes = this.#columns.heldBytes;
		for (const held of [this.#numbers, this.#codes, this.#bytes])
			for (const array of held.values()) bytes += array.byteLength;
		return bytes;
	}

	/** Numbers of the table are read where they are: nothing to copy again. */
	refresh(name: string): void {
		this.#codes.delete(name);
	}

	prepare(program: Program): Kernel {
		const { rows } = this.#columns;
		for (const { name, store } of program.outputs) {
			if (store === 'byte' && !this.#bytes.has(name)) this.#bytes.set(name, new Uint8Array(rows));
			if (store === 'number' && !this.#numbers.has(name))
				this.#numbers.set(name, new Float64Array(rows));
		}
		const columns: BlockColumns = {
			number: (name) => this.#numbers.get(name) ?? this.#columns.finiteNumbers(name),
			code: (name) => this.#positions(name)
		};
		return new BlockKernel(program, columns, {
			numbers: (name) => this.numbers(name),
			bytes: (name) => this.bytes(name)
		});
	}

	#positions(name: string): Int32Array {
		const known = this.#codes.get(name);
		if (known) return known;
		const positions = new Int32Array(this.#columns.rows);
		this.#columns.copyPositions(name, positions);
		this.#codes.set(name, positions);
		return positions;
	}

	get missingNumbers(): Float64Array {
		return this.#columns.missingNumbers;
	}

	numbers(name: string): Float64Array {
		const column = this.#numbers.get(name);
		if (!column) throw new Error(`No program stored the numbers “${name}”.`);
		return column;
	}

	bytes(name: string): Uint8Array {
		const column = this.#bytes.get(name);
		if (!column) throw new Error(`No program stored the bytes “${name}”.`);
		return column;
	}
}

interface ResultColumns {
	numbers(name: string): Float64Array;
	bytes(name: string): Uint8Array;
}

class BlockKernel implements Kernel {
	readonly isNew = true;
	readonly #plan: BlockPlan;
	readonly #tallies = new Map<string, Float64Array>();

	constructor(program: Program, columns: BlockColumns, results: ResultColumns) {
		for (const { name, index } of program.tallies)
			this.#tallies.set(name, new Float64Array(index.kind === 'mask' ? 1 : index.size));
		this.#plan = new BlockPlanner(program, columns).plan([
			...program.outputs.map((output) => ({
				nodes: [output.node],
				sink: ([at = 0]: number[]) => storeStep(output, at, results)
			})),
			...program.tallies.map((tally) => ({
				nodes: tally.value ? [tally.index, tally.value] : [tally.index],
				sink: ([index = 0, value = 0]: number[]) =>
					tallyStep(tally, index, value, this.tally(tally.name))
			}))
		]);
	}

	set(name: string): void {
		throw new Error(`Blocks leave no number open, nor “${name}”.`);
	}

	run(from: number, to: number): void {
		const { steps } = this.#plan;
		for (let start = from; start < to; start += BLOCK_ROWS) {
			const rows = Math.min(BLOCK_ROWS, to - start);
			for (const step of steps) step(rows, start);
		}
	}

	tally(name: string): Float64Array {
		const sums = this.#tallies.get(name);
		if (!sums) throw new Error(`The kernel has no tally “${name}”.`);
		return sums;
	}

	reset(): void {
		for (const sums of this.#tallies.values()) sums.fill(0);
	}
}

function storeStep(
	{ name, node, store }: Output,
	at: number,
	results: ResultColumns
): (registers: Registers) => Step {
	if (store === 'number') {
		const column = results.numbers(name);
		return ({ numbers }) =>
			(rows, from) => {
				// Adding 0 turns −0 into 0 and nothing else.
				for (let i = 0; i < rows; i++) column[from + i] = (numbers[at + i] as number) + 0;
			};
	}
	const column = results.bytes(name);
	return ({ masks, indexes }) => {
		const source = node.kind === 'mask' ? masks : indexes;
		return (rows, from) => {
			for (let i = 0; i < rows; i++) column[from + i] = source[at + i] as number;
		};
	};
}

function tallyStep(
	{ index: indexNode, value: valueNode }: Tally,
	index: number,
	value: number,
	sums: Float64Array
): (registers: Registers) => Step {
	if (indexNode.kind === 'mask')
		return ({ masks }) =>
			(rows) => {
				let count = 0;
				for (let i = 0; i < rows; i++) count += masks[index + i] as number;
				sums[0] = (sums[0] as number) + count;
			};
	return ({ numbers, indexes }) =>
		valueNode
			? (rows) => {
					for (let i = 0; i < rows; i++) {
						const entry = indexes[index + i] as number;
						sums[entry] = (sums[entry] as number) + (numbers[value + i] as number);
					}
				}
			: (rows) => {
					for (let i = 0; i < rows; i++) {
						const entry = indexes[index + i] as number;
						sums[entry] = (sums[entry] as number) + 1;
					}
				};
}
