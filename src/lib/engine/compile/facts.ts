/** What the graph needs to know of a table: bounds of numbers, dictionaries of texts. */
import type { Column, Table } from '../table/table.ts';
import type { ColumnFacts } from './graph-node.ts';
import { widened, type Interval } from './interval.ts';

const BOOLEANS: readonly string[] = ['false', 'true'];

interface NumberFacts {
	readonly interval: Interval;
	readonly nullable: boolean;
	/** Some cells are infinite: they count as missing. */
	readonly hasInfinite: boolean;
}

const numberFacts = new WeakMap<Float64Array, NumberFacts>();

/** Bounds of a column, read once; an infinite cell counts as missing and is stored as such. */
export function factsOfNumbers(values: Float64Array): NumberFacts {
	const known = numberFacts.get(values);
	if (known) return known;
	let low = Infinity;
	let high = -Infinity;
	let missing = 0;
	let hasInfinite = false;
	for (let i = 0; i < values.length; i++) {
		const value = values[i] ?? NaN;
		if (value - value !== 0) {
			missing++;
			if (!Number.isNaN(value)) hasInfinite = true;
		} else {
			if (value < low) low = value;
			if (value > high) high = value;
		}
	}
	const facts: NumberFacts = {
		interval: low <= high ? widened(low, high) : { low: 0, high: 0 },
		nullable: missing > 0,
		hasInfinite
	};
	numberFacts.set(values, facts);
	return facts;
}

/** Columns that kernels read: those of the table, and results of rules that were interpreted. */
export class SourceColumns implements ColumnFacts {
	readonly rows: number;
	readonly table: Table;
	readonly #columns: Map<string, Column>;
	#missing: Float64Array | null = null;

	constructor(table: Table) {
		this.table = table;
		this.rows = table.rows;
		this.#columns = new Map(table.columns);
	}

	/** A column of numbers of which each is missing; nobody writes anything else to it. */
	get missingNumbers(): Float64Array {
		this.#missing ??= new Float64Array(this.rows).fill(NaN);
		return this.#missing;
	}

	/** Bytes beside the table. */
	get heldBytes(): number {
		return this.#missing?.byteLength ?? 0;
	}

	/** Adds a column that is not of the table. */
	add(name: string, column: Column): void {
		this.#columns.set(name, column);
	}

	remove(name: string): void {
		this.#columns.delete(name);
	}

	kind(name: string): Column['kind'] | null {
		return this.#columns.get(name)?.kind ?? null;
	}

	number(name: string): NumberFacts | null {
		const column = this.#columns.get(name);
		return column?.kind === 'number' ? factsOfNumbers(column.values) : null;
	}

	dictionary(name: string): readonly string[] | null {
		const column = this.#columns.get(name);
		if (column?.kind === 'text') return column.dictionary;
		return column?.kind === 'boolean' ? BOOLEANS : null;
	}

	/** The numbers themselves; null where some are infinite. */
	finiteView(name: string): Float64Array | null {
		const column = this.#columns.get(name);
		if (column?.kind !== 'number' || factsOfNumbers(column.values).hasInfinite) return null;
		return column.values;
	}

	/** The numbers themselves where all are finite or missing, else a copy in which they are. */
	finiteNumbers(name: string): Float64Array {
		const view = this.finiteView(name);
		if (view) return view;
		const copy = new Float64Array(this.rows);
		this.copyNumbers(name, copy);
		return copy;
	}

	/** Copies numbers; infinite ones become missing. */
	copyNumbers(name: string, target: Float64Array): void {
		const column = this.#columns.get(name);
		if (column?.kind !== 'number') throw new Error(`There is no number column “${name}”.`);
		target.set(column.values);
		if (!factsOfNumbers(column.values).hasInfinite) return;
		for (let i = 0; i < this.rows; i++) if (!Number.isFinite(target[i])) target[i] = NaN;
	}

	/** Copies positions in the dictionary: code + 1, 0 is missing. */
	copyPositions(name: string, target: Int32Array): void {
		const column = this.#columns.get(name);
		if (column?.kind === 'text') {
			const { codes } = column;
			for (let i = 0; i < this.rows; i++) target[i] = (codes[i] ?? -1) + 1;
		} else if (column?.kind === 'boolean') {
			const { values } = column;
			for (let i = 0; i < this.rows; i++) {
				const value = values[i] ?? 2;
				target[i] = value < 2 ? value + 1 : 0;
			}
		} else throw new Error(`There is no text column “${name}”.`);
	}
}
