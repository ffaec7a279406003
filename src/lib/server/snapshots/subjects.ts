/**
 * Numbers for people and units, so that their figures lie in arrays instead of maps of texts: a
 * history of millions of figures asks for the same few thousand subjects again and again.
 */

/** `employee` or `unit` and its id. */
export type SubjectKey = string;

export function subjectKey(kind: 'employee' | 'unit', id: string): SubjectKey {
	return `${kind}\u0001${id}`;
}

/** Gives each subject a number, counting from 0 in the order of asking. */
export class Subjects {
	readonly #numbers = new Map<SubjectKey, number>();
	readonly #byId = {
		employee: new Map<string, number>(),
		unit: new Map<string, number>()
	};
	readonly #kinds: ('employee' | 'unit')[] = [];
	readonly #ids: string[] = [];

	get size(): number {
		return this.#ids.length;
	}

	/** The number of a subject; it gets one when it has none. */
	numberOf(key: SubjectKey): number {
		const known = this.#numbers.get(key);
		if (known !== undefined) return known;
		const [kind, id = ''] = key.split('\u0001');
		return this.of(kind === 'unit' ? 'unit' : 'employee', id);
	}

	/** The same for a kind and an id. */
	of(kind: 'employee' | 'unit', id: string): number {
		const known = this.#byId[kind].get(id);
		if (known !== undefined) return known;
		const number = this.#ids.length;
		this.#byId[kind].set(id, number);
		this.#numbers.set(subjectKey(kind, id), number);
		this.#kinds.push(kind);
		this.#ids.push(id);
		return number;
	}

	kindOf(number: number): 'employee' | 'unit' {
		return this.#kinds[number] ?? 'employee';
	}

	idOf(number: number): string {
		return this.#ids[number] ?? '';
	}

	keyOf(number: number): SubjectKey {
		return subjectKey(this.kindOf(number), this.idOf(number));
	}
}

/** Values by subject that are worked out once; a missing value is known as well. */
export class SubjectValues {
	#values = new Float64Array(0);
	#known = new Uint8Array(0);

	/** Undefined where nothing is known yet. */
	get(subject: number): number | null | undefined {
		if (subject >= this.#known.length || this.#known[subject] !== 1) return undefined;
		const value = this.#values[subject] ?? NaN;
		return Number.isNaN(value) ? null : value;
	}

	/** Notes a value; `size` is how many subjects there are, to grow once for all of them. */
	set(subject: number, value: number | null, size: number): void {
		if (subject >= this.#known.length) this.#grow(Math.max(size, subject + 1));
		this.#values[subject] = value ?? NaN;
		this.#known[subject] = 1;
	}

	#grow(size: number): void {
		const values = new Float64Array(size);
		const known = new Uint8Array(size);
		values.set(this.#values);
		known.set(this.#known);
		this.#values = values;
		this.#known = known;
	}
}
