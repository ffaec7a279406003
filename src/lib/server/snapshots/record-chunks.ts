/**
 * Tallies by month, packed into numbers that threads share without a copy. A chunk is what one
 * metric takes from one month of records; it stays right until that month's records change, so of
 * a new record only its own month is read again.
 */
import { Tally } from './record-tally.ts';

const WIDTH = 7;

/** Entries of one metric in one month: who, in which part of the month, and the tally's numbers. */
export interface RecordChunk {
	/** The metric's rule, the month, and the state of the month's records. */
	readonly key: string;
	readonly subjects: readonly string[];
	/** The month, or the day for metrics of days. */
	readonly parts: readonly string[];
	readonly numbers: Float64Array;
	/** Values of medians and distinct counts; null for other metrics. */
	readonly values: readonly (readonly (number | string)[])[] | null;
}

/** Tallies while they are made: by subject, then by part. */
export type Tallies = Map<string, Map<string, Tally>>;

/** The tally of a subject and part, made when it is missing. */
export function tallyAt(tallies: Tallies, subject: string, part: string): Tally {
	let parts = tallies.get(subject);
	if (!parts) tallies.set(subject, (parts = new Map()));
	let tally = parts.get(part);
	if (!tally) parts.set(part, (tally = new Tally()));
	return tally;
}

export function packChunk(key: string, tallies: Tallies, withValues: boolean): RecordChunk {
	const subjects: string[] = [];
	const parts: string[] = [];
	const values: (number | string)[][] = [];
	const entries: Tally[] = [];
	for (const [subject, byPart] of tallies) {
		for (const [part, tally] of byPart) {
			subjects.push(subject);
			parts.push(part);
			entries.push(tally);
			if (withValues) values.push([...tally.values]);
		}
	}
	const buffer = new SharedArrayBuffer(entries.length * WIDTH * Float64Array.BYTES_PER_ELEMENT);
	const numbers = new Float64Array(buffer);
	for (const [at, tally] of entries.entries()) {
		const { records, matched, valued, sum, sumRest, base, baseRest } = tally;
		numbers.set([records, matched, valued, sum, sumRest, base, baseRest], at * WIDTH);
	}
	return { key, subjects, parts, numbers, values: withValues ? values : null };
}

/** The tallies of a chunk. */
export function* unpackChunk(chunk: RecordChunk): Generator<readonly [string, string, Tally]> {
	const { subjects, parts, numbers, values } = chunk;
	for (const [at, subject] of subjects.entries()) {
		const from = at * WIDTH;
		const tally = new Tally();
		tally.records = numbers[from] ?? 0;
		tally.matched = numbers[from + 1] ?? 0;
		tally.valued = numbers[from + 2] ?? 0;
		tally.sum = numbers[from + 3] ?? 0;
		tally.sumRest = numbers[from + 4] ?? 0;
		tally.base = numbers[from + 5] ?? 0;
		tally.baseRest = numbers[from + 6] ?? 0;
		for (const value of values?.[at] ?? []) tally.values.push(value);
		yield [subject, parts[at] ?? '', tally];
	}
}

/** About how much a chunk holds. */
export function chunkBytes({ subjects, numbers, values }: RecordChunk): number {
	const kept = values?.reduce((sum, list) => sum + list.length, 0) ?? 0;
	return numbers.byteLength + subjects.length * 64 + kept * 32;
}
