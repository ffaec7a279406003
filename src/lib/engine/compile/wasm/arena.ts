/** One linear memory for a table: columns, results, constants and tallies side by side. */
import { LARGEST_PAGES } from './module.ts';
import type { WasmInterface, WasmMemory } from './webassembly.ts';

const PAGE = 65536;
/** Columns begin at cache lines. */
const ALIGNMENT = 64;
/** Addresses below are left alone, so that no column is at 0. */
const RESERVED = 64;

export class Arena {
	readonly memory: WasmMemory;
	readonly isShared: boolean;
	/** Bytes of a table that is here, at the beginning. */
	readonly #table: number;
	#used: number;

	constructor(platform: WasmInterface, bytes: number, table = 0) {
		this.#table = Math.ceil(table / ALIGNMENT) * ALIGNMENT;
		this.#used = this.#table + RESERVED;
		const initial = Math.max(1, Math.ceil((this.#used + bytes) / PAGE));
		const { memory, isShared } = createMemory(platform, initial);
		this.memory = memory;
		this.isShared = isShared;
	}

	/** Bytes handed out so far, beside those of a table. */
	get used(): number {
		return this.#used - this.#table;
	}

	/** The address of so many new bytes; they are never given back while the table lives. */
	allocate(bytes: number): number {
		const address = this.#used;
		this.#used = Math.ceil((address + bytes) / ALIGNMENT) * ALIGNMENT;
		const missing = this.#used - this.memory.buffer.byteLength;
		if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
		return address;
	}

	/** A view of doubles; growing an unshared memory detaches it, so views are made when needed. */
	doubles(address: number, length: number): Float64Array {
		return new Float64Array(this.memory.buffer, address, length);
	}

	positions(address: number, length: number): Int32Array {
		return new Int32Array(this.memory.buffer, address, length);
	}

	bytes(address: number, length: number): Uint8Array {
		return new Uint8Array(this.memory.buffer, address, length);
	}
}

/** A memory that threads can share, where the platform has those. */
function createMemory(
	platform: WasmInterface,
	initial: number
): { memory: WasmMemory; isShared: boolean } {
	try {
		const memory = new platform.Memory({ initial, maximum: LARGEST_PAGES, shared: true });
		return { memory, isShared: true };
	} catch {
		const memory = new platform.Memory({ initial, maximum: LARGEST_PAGES });
		return { memory, isShared: false };
	}
}
