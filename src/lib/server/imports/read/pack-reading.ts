/**
 * A reading in few pieces. Hundreds of thousands of small arrays would take long to hand over
 * between threads, and all of that on the main one; texts are copied at once, and the database
 * takes them as they are.
 */
import type { FileReading, ReadingSummary } from './reading.ts';

/** Rows written in one statement; small enough that nobody waits for it. */
const ROWS_PER_CHUNK = 2_000;

export interface PackedReading {
	readonly summary: ReadingSummary;
	readonly header: readonly string[];
	readonly rows: number;
	/** JSON arrays of `[line, cells as JSON]`. */
	readonly chunks: readonly string[];
}

/** Packs a reading for its way to the database. */
export function packReading(reading: FileReading): PackedReading {
	const { header, rows, skippedRows: _listed, ...summary } = reading;
	const chunks: string[] = [];
	for (let at = 0; at < rows.length; at += ROWS_PER_CHUNK) {
		const part = rows.slice(at, at + ROWS_PER_CHUNK);
		chunks.push(JSON.stringify(part.map(({ line, cells }) => [line, JSON.stringify(cells)])));
	}
	return { summary, header, rows: rows.length, chunks };
}
