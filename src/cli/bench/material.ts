/** What benchmark schemes are made of: short ways to write rules, columns and hand-written loops. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Rule } from '#lib/engine/logic/rule.ts';
import { SCHEME_FORMAT, type SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { Column, Table } from '#lib/engine/table/table.ts';

/** What a hand-written loop fills: the outcome code of the compiled kernel, score and payout. */
export interface LoopResult {
	readonly outcome: Uint8Array;
	readonly score: Float64Array;
	readonly payout: Float64Array;
}

/** One scheme of the benchmark: the document, data for it, and the same scoring written by hand. */
export interface BenchScheme {
	readonly id: string;
	/** What shape it has, for the printed table. */
	readonly about: string;
	readonly document: SchemeDocument;
	makeTable(rows: number): Table;
	/** Reads the columns once and returns the loop over rows. */
	handWritten(table: Table): (result: LoopResult) => void;
	/** Another scheme of the same shape with one rule changed: a structure edit. */
	readonly edited: SchemeDocument;
}

export const read = (path: string): Rule => ({ var: path });

export function words(word: string): LocalText {
	return { 'zh-CN': word, en: word };
}

export const GRADES: SchemeDocument['grades'] = [
	{ id: 'outstanding', name: words('Outstanding'), from: 95 },
	{ id: 'excellent', name: words('Excellent'), from: 90 },
	{ id: 'good', name: words('Good'), from: 80 },
	{ id: 'fair', name: words('Fair'), from: 60 },
	{ id: 'poor', name: words('Poor'), from: 0 }
];

/** The grade of a rounded score by comparison, as a loop by hand does it. */
export function gradeByHand(score: number): number {
	if (score >= 95) return 0;
	if (score >= 90) return 1;
	if (score >= 80) return 2;
	if (score >= 60) return 3;
	return score >= 0 ? 4 : 5;
}

/** Outcomes behind the five grades. */
export const BY_HAND = { noGrade: 5, incomplete: 6, uncovered: 7, error: 8 } as const;

/** Two decimals, half away from zero, with the tie tolerance. */
export function roundByHand(x: number): number {
	const y = Math.abs(x) * 100;
	if (y >= 2 ** 52) return x;
	const whole = Math.floor(y + (0.5 + Math.max(1e-9, y * 2 ** -51))) / 100;
	return x < 0 ? -whole : whole;
}

export function benchDocument(
	id: string,
	parts: Partial<SchemeDocument> & Pick<SchemeDocument, 'items'>
): SchemeDocument {
	return {
		format: SCHEME_FORMAT,
		id,
		name: words(id),
		period: 'month',
		applies_to: true,
		weighting: 'percent',
		grades: GRADES,
		...parts
	};
}

/** A small generator with a fixed seed, so that every machine scores the same people. */
export class Dice {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let t = this.#state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	}

	below(limit: number): number {
		return Math.floor(this.next() * limit);
	}
}

/** Columns of a benchmark table, filled row by row from one seed. */
export class TableMaker {
	readonly #columns = new Map<string, Column>();
	readonly #dice: Dice;
	readonly #rows: number;

	constructor(rows: number, seed: number) {
		this.#rows = rows;
		this.#dice = new Dice(seed);
		const codes = new Int32Array(rows);
		for (let i = 0; i < rows; i++) codes[i] = i % PERIODS.length;
		this.#columns.set('period.id', { kind: 'text', codes, dictionary: PERIODS });
		const people = Math.ceil(rows / PERIODS.length);
		const employees = new Int32Array(rows);
		for (let i = 0; i < rows; i++) employees[i] = Math.floor(i / PERIODS.length);
		const dictionary = Array.from({ length: people }, (_, i) => `e${i}`);
		this.#columns.set('employee.id', { kind: 'text', codes: employees, dictionary });
	}

	/** Numbers between two bounds, to some decimals, a share of them missing. */
	number(path: string, low: number, high: number, decimals = 2, missing = 0): this {
		const values = new Float64Array(this.#rows);
		const scale = 10 ** decimals;
		for (let i = 0; i < values.length; i++) {
			const value = Math.round((low + this.#dice.next() * (high - low)) * scale) / scale;
			values[i] = missing > 0 && this.#dice.next() < missing ? NaN : value;
		}
		this.#columns.set(path, { kind: 'number', values });
		return this;
	}

	text(path: string, dictionary: readonly string[], missing = 0): this {
		const codes = new Int32Array(this.#rows);
		for (let i = 0; i < codes.length; i++) {
			const code = this.#dice.below(dictionary.length);
			codes[i] = missing > 0 && this.#dice.next() < missing ? -1 : code;
		}
		this.#columns.set(path, { kind: 'text', codes, dictionary });
		return this;
	}

	boolean(path: string, share: number): this {
		const values = new Uint8Array(this.#rows);
		for (let i = 0; i < values.length; i++) values[i] = this.#dice.next() < share ? 1 : 0;
		this.#columns.set(path, { kind: 'boolean', values });
		return this;
	}

	table(): Table {
		return { rows: this.#rows, columns: this.#columns };
	}
}

const PERIODS = Array.from({ length: 36 }, (_, i) => {
	const month = String((i % 12) + 1).padStart(2, '0');
	return `${2023 + Math.floor(i / 12)}-${month}`;
});

/** Columns as the typed arrays that a loop by hand reads. */
export function numbersOf(table: Table, path: string): Float64Array {
	const column = table.columns.get(path);
	if (column?.kind !== 'number') throw new Error(`The benchmark has no numbers “${path}”.`);
	return column.values;
}

export function codesOf(table: Table, path: string): Int32Array {
	const column = table.columns.get(path);
	if (column?.kind !== 'text') throw new Error(`The benchmark has no texts “${path}”.`);
	return column.codes;
}

export function booleansOf(table: Table, path: string): Uint8Array {
	const column = table.columns.get(path);
	if (column?.kind !== 'boolean') throw new Error(`The benchmark has no booleans “${path}”.`);
	return column.values;
}

/** Element of a typed array that is known to be there. */
export function at(array: Float64Array | Int32Array | Uint8Array, i: number): number {
	return array[i] as number;
}
