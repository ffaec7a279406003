/** The WebAssembly back end: a table in linear memory and kernels emitted for it. */
import type { Backend, Kernel } from '../backend.ts';
import type { SourceColumns } from '../facts.ts';
import { columnsOf, type Program } from '../program.ts';
import { Arena } from './arena.ts';
import { emitKernel } from './emit.ts';
import { wasmFeatures, type WasmFeatures } from './features.ts';
import type { KernelLayout, TallyPlace } from './layout.ts';
import { instantiate, moduleBytes, moduleCache, type KernelFunction } from './module.ts';
import type { ConstantPool } from './pool.ts';
import { takeTableMemory } from './table-memory.ts';
import type { WasmMemory, WasmModule } from './webassembly.ts';

/** Constants up to this size share one place, so that kernels of one shape are one module. */
const POOL_BYTES = 256 * 1024;
const TALLY_BYTES = 64 * 1024;

/** A part of memory that grows when a kernel needs more. */
interface Region {
	readonly address: number;
	readonly bytes: number;
}
/** Rows of one call: between calls the platform can replace a quickly compiled kernel by a fast one. */
const ROWS_PER_CALL = 4096;
const INSTANCES = 64;

/** All that another thread needs to run a kernel on the same memory. */
export interface SharedKernel {
	readonly module: WasmModule;
	readonly memory: WasmMemory;
	/** Address of tallies that are this thread's alone. */
	readonly tallies: number;
}

export class WasmBackend implements Backend {
	readonly name = 'wasm';
	readonly hasOpenNumbers = true;
	readonly #features: WasmFeatures;
	readonly #columns: SourceColumns;
	readonly #arena: Arena;
	/** Where the table lives in the arena itself: the buffer of its columns. */
	readonly #tableBuffer: ArrayBufferLike | null;
	/** Rows with one more to fill the last pair. */
	readonly #paddedRows: number;
	readonly #numbers = new Map<string, number>();
	readonly #codes = new Map<string, number>();
	readonly #bytes = new Map<string, number>();
	readonly #instances = new Map<string, KernelFunction>();
	/** Columns whose values are in memory. */
	readonly #loaded = new Set<string>();
	#pool: Region;
	#tallies: Region;
	/** Whose constants are in memory: kernels of one backend share the place. */
	#filled: ConstantPool | null = null;

	/** Returns null where the platform has no WebAssembly with vectors. */
	static create(columns: SourceColumns): WasmBackend | null {
		const features = wasmFeatures();
		return features && new WasmBackend(features, columns);
	}

	private constructor(features: WasmFeatures, columns: SourceColumns) {
		const memory = takeTableMemory(columns.table);
		this.#tableBuffer = memory?.buffer ?? null;
		this.#features = features;
		this.#columns = columns;
		this.#paddedRows = columns.rows + (columns.rows % 2);
		this.#arena = memory?.arena ?? new Arena(features.platform, POOL_BYTES + TALLY_BYTES);
		this.#pool = this.#region(POOL_BYTES);
		this.#tallies = this.#region(TALLY_BYTES);
	}

	get heldBytes(): number {
		return this.#arena.used + this.#columns.heldBytes;
	}

	#region(bytes: number): Region {
		return { address: this.#arena.allocate(bytes), bytes };
	}

	#place(places: Map<string, number>, name: string, bytesPerRow: number): number {
		const known = places.get(name);
		if (known !== undefined) return known;
		const address = this.#arena.allocate(this.#paddedRows * bytesPerRow);
		places.set(name, address);
		return address;
	}

	/** Whether a column is in memory already; columns begin so far apart that one more row fits. */
	#adopt(name: string): boolean {
		const values = this.#tableBuffer && this.#columns.finiteView(name);
		if (!values || values.buffer !== this.#tableBuffer || values.length !== this.#columns.rows)
			return false;
		this.#numbers.set(name, values.byteOffset);
		return true;
	}

	/** Copies a column of the table into memory, once; infinite cells become missing. */
	#load(program: Program): void {
		const { numbers, codes } = columnsOf(program);
		const { rows } = this.#columns;
		for (const name of numbers) {
			if (this.#numbers.has(name) && (this.#loaded.has(name) || !this.#columns.kind(name)))
				continue;
			this.#loaded.add(name);
			const isThere = this.#adopt(name);
			const target = this.#arena.doubles(this.#place(this.#numbers, name, 8), this.#paddedRows);
			if (!isThere) this.#columns.copyNumbers(name, target);
			if (rows < this.#paddedRows) target[rows] = NaN;
		}
		for (const name of codes) {
			if (this.#codes.has(name) && this.#loaded.has(name)) continue;
			this.#loaded.add(name);
			const target = this.#arena.positions(this.#place(this.#codes, name, 4), this.#paddedRows);
			this.#columns.copyPositions(name, target);
		}
	}

	refresh(name: string): void {
		this.#loaded.delete(name);
	}

	prepare(program: Program): Kernel {
		this.#load(program);
		for (const { name, store } of program.outputs)
			if (store === 'byte') this.#place(this.#bytes, name, 1);
			else this.#place(this.#numbers, name, 8);
		const layout = (pool: number): KernelLayout => ({
			number: (name) => addressOf(this.#numbers, name),
			code: (name) => addressOf(this.#codes, name),
			output: (name) => this.#bytes.get(name) ?? addressOf(this.#numbers, name),
			pool
		});
		const { relaxedSelect, platform } = this.#features;
		let emitted = emitKernel(program, layout(this.#pool.address), relaxedSelect);
		if (emitted.pool.bytes > this.#pool.bytes) {
			this.#pool = this.#region(emitted.pool.bytes * 2);
			emitted = emitKernel(program, layout(this.#pool.address), relaxedSelect);
		}
		const pool = this.#pool.address;
		const tallyBytes = Math.max(emitted.tallyBytes, 8);
		if (tallyBytes * 2 > this.#tallies.bytes) this.#tallies = this.#region(tallyBytes * 4);
		const bytes = moduleBytes(emitted, this.#arena.isShared);
		const { module, key, isNew } = moduleCache.compile(platform, bytes);
		return new WasmKernel({
			arena: this.#arena,
			rows: this.#columns.rows,
			module,
			isNew,
			run: this.#instance(key, module),
			fill: () => {
				if (this.#filled === emitted.pool) return;
				emitted.pool.write(this.#arena.memory.buffer, pool);
				this.#filled = emitted.pool;
			},
			set: (name, value) => {
				const offset = emitted.pool.set(name, value);
				if (offset !== null && this.#filled === emitted.pool)
					this.#arena.doubles(pool + offset, 2).fill(value);
			},
			places: emitted.tallies,
			tallies: this.#tallies.address,
			tallyBytes
		});
	}

	#instance(key: string, module: WasmModule): KernelFunction {
		const known = this.#instances.get(key);
		if (known) return known;
		if (this.#instances.size >= INSTANCES) this.#instances.clear();
		const run = instantiate(this.#features.platform, module, this.#arena.memory);
		this.#instances.set(key, run);
		return run;
	}

	get missingNumbers(): Float64Array {
		return this.#columns.missingNumbers;
	}

	numbers(name: string): Float64Array {
		return this.#arena.doubles(addressOf(this.#numbers, name), this.#columns.rows);
	}

	bytes(name: string): Uint8Array {
		return this.#arena.bytes(addressOf(this.#bytes, name), this.#columns.rows);
	}
}

function addressOf(places: ReadonlyMap<string, number>, name: string): number {
	const address = places.get(name);
	if (address === undefined) throw new Error(`The column “${name}” is not in memory.`);
	return address;
}

interface WasmKernelParts {
	readonly arena: Arena;
	readonly rows: number;
	readonly module: WasmModule;
	readonly isNew: boolean;
	readonly run: KernelFunction;
	/** Writes the constants where they are not in memory yet. */
	readonly fill: () => void;
	/** Sets an open number. */
	readonly set: (name: string, value: number) => void;
	readonly places: readonly TallyPlace[];
	/** Tallies of pairs, then as many bytes for the last row where it has no partner. */
	readonly tallies: number;
	readonly tallyBytes: number;
}

export class WasmKernel implements Kernel {
	readonly isNew: boolean;
	readonly #parts: WasmKernelParts;

	constructor(parts: WasmKernelParts) {
		this.#parts = parts;
		this.isNew = parts.isNew;
		this.reset();
	}

	set(name: string, value: number): void {
		this.#parts.set(name, value);
	}

	run(from: number, to: number): void {
		const { run, fill, tallies, tallyBytes } = this.#parts;
		fill();
		const pairs = to - (to % 2);
		for (let at = from; at < pairs; at += ROWS_PER_CALL)
			run(at, Math.min(pairs, at + ROWS_PER_CALL), tallies);
		// A last row without a partner is counted apart, so that the padding never counts.
		if (pairs < to) run(pairs, pairs + 2, tallies + tallyBytes);
	}

	/** What another thread needs, once `reset` or `run` has written the constants. */
	share(): SharedKernel {
		const { fill, module, arena, tallyBytes } = this.#parts;
		fill();
		return { module, memory: arena.memory, tallies: arena.allocate(tallyBytes) };
	}

	tally(name: string): Float64Array {
		const { places, arena, tallies, tallyBytes } = this.#parts;
		const place = places.find((known) => known.name === name);
		if (!place) throw new Error(`The kernel has no tally “${name}”.`);
		const { size, offset } = place;
		const sums = new Float64Array(size);
		const add = (address: number): void => {
			const doubles = arena.doubles(address, size);
			const wholes = arena.positions(address, size * 2);
			for (let i = 0; i < size; i++)
				sums[i] = (sums[i] ?? 0) + (place.isCount ? (wholes[i * 2] ?? 0) : (doubles[i] ?? 0));
		};
		add(tallies + offset);
		add(tallies + offset + size * 8);
		add(tallies + tallyBytes + offset);
		return sums;
	}

	reset(): void {
		const { arena, tallies, tallyBytes } = this.#parts;
		arena.bytes(tallies, tallyBytes * 2).fill(0);
	}
}

/** Runs rows of a kernel that another thread prepared; `from` and `to` are even. */
export function attachKernel(shared: SharedKernel): { scoreRange(from: number, to: number): void } {
	const features = wasmFeatures();
	if (!features) throw new Error('This thread has no WebAssembly.');
	const run = instantiate(features.platform, shared.module, shared.memory);
	return {
		scoreRange(from, to) {
			for (let at = from; at < to; at += ROWS_PER_CALL)
				run(at, Math.min(to, at + ROWS_PER_CALL), shared.tallies);
		}
	};
}
