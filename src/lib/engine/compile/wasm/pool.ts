/**
 * The constants of a kernel, in linear memory beside its columns. A kernel reads them by address, so
 * an author who moves a number changes a few bytes here and no instruction.
 */

interface Slot {
	readonly offset: number;
	/** Two equal lanes of 64 bits, or a table of doubles, or a table of 64-bit masks. */
	readonly kind: 'double' | 'whole' | 'doubles' | 'masks';
	values: readonly number[];
}

const LANES_BYTES = 16;

export class ConstantPool {
	readonly #slots: Slot[] = [];
	/** Numbers that are set between runs, by name. */
	readonly #open = new Map<string, Slot>();
	#bytes = 0;

	/** Bytes that the constants take. */
	get bytes(): number {
		return this.#bytes;
	}

	#add(kind: Slot['kind'], values: readonly number[], bytes: number): number {
		return this.#slot(kind, values, bytes).offset;
	}

	#slot(kind: Slot['kind'], values: readonly number[], bytes: number): Slot {
		const slot: Slot = { offset: this.#bytes, kind, values };
		this.#slots.push(slot);
		this.#bytes += Math.ceil(bytes / LANES_BYTES) * LANES_BYTES;
		return slot;
	}

	/** A double in both lanes; the offset of its 16 bytes. */
	double(value: number): number {
		return this.#add('double', [value], LANES_BYTES);
	}

	/** A double in both lanes that is missing until it is set. */
	open(name: string): number {
		const slot = this.#open.get(name) ?? this.#slot('double', [NaN], LANES_BYTES);
		this.#open.set(name, slot);
		return slot.offset;
	}

	/** Sets an open number; one that nothing reads is not here. The offset of what changed. */
	set(name: string, value: number): number | null {
		const slot = this.#open.get(name);
		if (!slot) return null;
		slot.values = [value];
		return slot.offset;
	}

	/** A whole number (or the bits of a mask) in both lanes. */
	whole(value: number): number {
		return this.#add('whole', [value], LANES_BYTES);
	}

	doubles(values: readonly number[]): number {
		return this.#add('doubles', values, values.length * 8);
	}

	/** 1 becomes all ones. */
	masks(values: readonly number[]): number {
		return this.#add('masks', values, values.length * 8);
	}

	/** Writes the constants to memory at `address`. */
	write(buffer: ArrayBufferLike, address: number): void {
		const doubles = new Float64Array(buffer, address, this.#bytes / 8);
		const wholes = new BigInt64Array(buffer, address, this.#bytes / 8);
		for (const { offset, kind, values } of this.#slots) {
			const at = offset / 8;
			const [value = 0] = values;
			if (kind === 'double') doubles.fill(value, at, at + 2);
			else if (kind === 'whole') wholes.fill(BigInt(value), at, at + 2);
			else if (kind === 'doubles') doubles.set(values, at);
			else values.forEach((bit, i) => (wholes[at + i] = bit === 1 ? -1n : 0n));
		}
	}
}
