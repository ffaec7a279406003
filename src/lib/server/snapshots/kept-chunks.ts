/**
 * What was taken from records, kept by client under a byte budget, so that a new record only has
 * its own month read again. Two bundles run in one process; they share this through `globalThis`.
 */
import { chunkBytes, type RecordChunk } from './record-chunks.ts';

const BUDGET_BYTES = 96 * 1024 * 1024;
const KEPT = Symbol.for('quanheng.record-chunks');

/** Chunks of all clients, the longest unused first. */
class KeptChunks {
	readonly #kept = new Map<string, { readonly client: string; readonly chunk: RecordChunk }>();
	#bytes = 0;

	/** The chunks of a client. */
	of(client: string): readonly RecordChunk[] {
		return [...this.#kept.values()].flatMap((one) => (one.client === client ? one.chunk : []));
	}

	/** Adds chunks and lets the oldest go until the rest fits. */
	keep(client: string, chunks: readonly RecordChunk[]): void {
		for (const chunk of chunks) {
			const key = `${client} ${chunk.key}`;
			const known = this.#kept.get(key);
			if (known) this.#bytes -= chunkBytes(known.chunk);
			this.#kept.delete(key);
			this.#kept.set(key, { client, chunk });
			this.#bytes += chunkBytes(chunk);
		}
		for (const [key, { chunk }] of this.#kept) {
			if (this.#bytes <= BUDGET_BYTES) return;
			this.#kept.delete(key);
			this.#bytes -= chunkBytes(chunk);
		}
	}
}

const shared = globalThis as { [KEPT]?: KeptChunks };

/** The chunks that this process keeps. */
export const recordChunks: KeptChunks = (shared[KEPT] ??= new KeptChunks());
