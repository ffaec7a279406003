/** A growing run of bytes with the variable-length integers of the WebAssembly binary format. */
export class Bytes {
	#buffer: Uint8Array;
	#length = 0;

	constructor(capacity = 256) {
		this.#buffer = new Uint8Array(capacity);
	}

	get length(): number {
		return this.#length;
	}

	#reserve(extra: number): void {
		if (this.#length + extra <= this.#buffer.length) return;
		const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#length + extra));
		larger.set(this.#buffer.subarray(0, this.#length));
		this.#buffer = larger;
	}

	byte(...bytes: readonly number[]): this {
		this.#reserve(bytes.length);
		for (const byte of bytes) this.#buffer[this.#length++] = byte;
		return this;
	}

	/** LEB128, unsigned, up to 32 bits. */
	unsigned(value: number): this {
		this.#reserve(5);
		let rest = value >>> 0;
		while (rest > 0x7f) {
			this.#buffer[this.#length++] = (rest & 0x7f) | 0x80;
			rest >>>= 7;
		}
		this.#buffer[this.#length++] = rest;
		return this;
	}

	/** LEB128, signed, up to 32 bits. */
	signed(value: number): this {
		this.#reserve(5);
		let rest = value | 0;
		for (;;) {
			const low = rest & 0x7f;
			rest >>= 7;
			const last = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
			this.#buffer[this.#length++] = last ? low : low | 0x80;
			if (last) return this;
		}
	}

	append(other: Bytes): this {
		this.#reserve(other.#length);
		this.#buffer.set(other.#buffer.subarray(0, other.#length), this.#length);
		this.#length += other.#length;
		return this;
	}

	/** A length-prefixed UTF-8 name; names of modules are plain ASCII here. */
	name(text: string): this {
		this.unsigned(text.length);
		for (let i = 0; i < text.length; i++) this.byte(text.charCodeAt(i));
		return this;
	}

	/** A section: its id, its length, its content. */
	section(id: number, content: Bytes): this {
		return this.byte(id).unsigned(content.length).append(content);
	}

	/** A copy of what was written. */
	finish(): Uint8Array {
		return this.#buffer.slice(0, this.#length);
	}
}
