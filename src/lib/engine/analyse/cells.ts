/**
 * The values of one variable, cut into finitely many cells.
 *
 * Every test of a rule compares a variable with written-out values. Between two neighbouring such
 * values nothing can change, so one representative speaks for a whole cell: evaluating a test at
 * the representative, with the interpreter itself, decides it for every employee in the cell.
 */
import type { Scalar, ValueType } from '../logic/rule.ts';

export type Cell =
	| { readonly kind: 'missing' }
	| { readonly kind: 'number'; readonly from: number; readonly to: number }
	| { readonly kind: 'boolean'; readonly value: boolean }
	| { readonly kind: 'text'; readonly value: string }
	/** Texts that read as a number of this range and are not named themselves. */
	| { readonly kind: 'number_text'; readonly from: number; readonly to: number }
	/** Texts strictly between two named ones, in the order of the comparison operators. */
	| { readonly kind: 'text_range'; readonly after: string | null; readonly before: string | null }
	/** Any text that is not named. */
	| { readonly kind: 'other_text' }
	/** Outcome of a condition that cannot be cut; it may be either. */
	| { readonly kind: 'open'; readonly truth: boolean };

/** A variable with its cells, or a condition that stays open. */
export interface Domain {
	/** Variable path; for an open condition the JSON Pointer of its node. */
	readonly path: string;
	readonly cells: readonly Cell[];
	/** The variable only takes whole numbers, so gaps between whole numbers hold nobody. */
	readonly whole: boolean;
	readonly open?: true;
}

/** What rules compare a variable with. */
export interface Marks {
	readonly numbers: Set<number>;
	readonly texts: Set<string>;
	/** Texts are compared by `<` and the like, not only for equality. */
	ordered: boolean;
	/** Truth of the value itself is asked for, so 0 and the empty text matter. */
	truth: boolean;
}

export function noMarks(): Marks {
	return { numbers: new Set(), texts: new Set(), ordered: false, truth: false };
}

/** Ranges that are known of a variable without any data. */
export interface KnownRange {
	readonly type: ValueType;
	readonly whole: boolean;
	readonly least: number;
	readonly most: number;
	/** The variable always has a value. */
	readonly present?: true;
}

/** The number that a text reads as, or null. */
export function numberInText(text: string): number | null {
	const value = Number(text);
	return Number.isFinite(value) ? value : null;
}

/** Cuts the values of a variable at the marks that rules make on it. */
export function cutDomain(path: string, marks: Marks, known: KnownRange): Domain {
	const cells: Cell[] = [];
	// A value that no rule tests is only calculated with. As a number it is open, which rules out a
	// proof already; telling texts and yes/no apart would only add findings that nobody means.
	const isUntested = marks.numbers.size + marks.texts.size === 0 && !marks.truth;
	const type = known.type === 'any' && isUntested ? 'number' : known.type;
	const mayBeText = type === 'string' || type === 'any';
	const texts = new Set(marks.texts);
	const numbers = new Set(marks.numbers);
	for (const text of texts) {
		const value = numberInText(text);
		if (value !== null && type !== 'string') numbers.add(value);
	}
	if (marks.truth || numbers.size > 0) texts.add('');
	if (marks.truth && type !== 'string') numbers.add(0);

	if (!known.present) cells.push({ kind: 'missing' });
	if (type === 'number' || type === 'any') cells.push(...numberCells(numbers, known));
	if (type === 'boolean' || type === 'any') {
		cells.push({ kind: 'boolean', value: false }, { kind: 'boolean', value: true });
	}
	if (mayBeText) cells.push(...textCells(texts, numbers, marks));
	return { path, cells, whole: known.whole };
}

/** Points and open ranges between them; a range without a whole number is left out if need be. */
function numberCells(marks: ReadonlySet<number>, known: KnownRange): Cell[] {
	const points = [...marks].toSorted((a, b) => a - b);
	const cells: Cell[] = [];
	let from = -Infinity;
	for (const point of [...points, Infinity]) {
		if (holdsNumber(from, point, known)) cells.push({ kind: 'number', from, to: point });
		const inside = point >= known.least && point <= known.most;
		if (point !== Infinity && inside && (!known.whole || Number.isInteger(point))) {
			cells.push({ kind: 'number', from: point, to: point });
		}
		from = point;
	}
	return cells;
}

/** True if a value that the variable can take lies strictly between. */
function holdsNumber(from: number, to: number, known: KnownRange): boolean {
	if (known.whole) {
		const first = Math.max(from === -Infinity ? known.least : Math.floor(from) + 1, known.least);
		return first < to && first <= known.most;
	}
	return Math.max(from, known.least) < to && from < known.most && nextUp(from) < to;
}

function textCells(texts: ReadonlySet<string>, numbers: ReadonlySet<number>, marks: Marks): Cell[] {
	const named = [...texts].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
	const cells: Cell[] = named.map((value) => ({ kind: 'text', value }));
	if (marks.ordered) {
		for (let index = 0; index <= named.length; index++) {
			const after = named[index - 1] ?? null;
			const before = named[index] ?? null;
			if (before === '') continue;
			cells.push({ kind: 'text_range', after, before });
		}
		return cells;
	}
	if (numbers.size > 0) {
		const all: KnownRange = { type: 'number', whole: false, least: -Infinity, most: Infinity };
		for (const cell of numberCells(numbers, all)) {
			if (cell.kind === 'number') cells.push({ ...cell, kind: 'number_text' });
		}
	}
	return [...cells, { kind: 'other_text' }];
}

/** The next double above a number. */
export function nextUp(value: number): number {
	if (!Number.isFinite(value)) return value === -Infinity ? -Number.MAX_VALUE : value;
	return fromOrdinal(toOrdinal(value) + 1n);
}

const floatView = new Float64Array(1);
const bitView = new BigInt64Array(floatView.buffer);

/** Doubles in order as whole numbers, so that thresholds can be found by halving. */
export function toOrdinal(value: number): bigint {
	floatView[0] = value === 0 ? 0 : value;
	const bits = bitView[0] ?? 0n;
	return bits >= 0n ? bits : -(bits & 0x7fffffffffffffffn);
}

export function fromOrdinal(ordinal: bigint): number {
	bitView[0] = ordinal >= 0n ? ordinal : -ordinal | -0x8000000000000000n;
	const value = floatView[0] ?? 0;
	return value === 0 ? 0 : value;
}

/** A value of the cell, as plain as possible: what a counter-example shows. */
export function representative(cell: Cell, whole: boolean, named: ReadonlySet<string>): Scalar {
	switch (cell.kind) {
		case 'missing':
			return null;
		case 'boolean':
		case 'text':
			return cell.value;
		case 'open':
			return cell.truth;
		case 'number':
			return plainNumber(cell.from, cell.to, whole);
		case 'number_text': {
			const value = plainNumber(cell.from, cell.to, false);
			return value < 0 ? `-0${-value}` : `+${value}`;
		}
		case 'text_range':
			return textBetween(cell.after, cell.before);
		case 'other_text':
			return ['other', 'another', 'none of these', '…'].find((text) => !named.has(text)) ?? '?';
	}
}

/** The number of a cell with the fewest digits; the point itself where the cell is one. */
export function plainNumber(from: number, to: number, whole: boolean): number {
	if (from === to) return from;
	if (from === -Infinity && to === Infinity) return 1;
	if (from === -Infinity) return to > 0 ? (whole ? Math.ceil(to) - 1 : to / 2) : Math.ceil(to) - 1;
	if (to === Infinity) return Math.floor(from) + 1;
	if (Math.floor(from) + 1 < to) {
		const middle = Math.floor((from + to) / 2);
		return middle > from && middle < to ? middle : Math.floor(from) + 1;
	}
	for (let digits = 1; digits <= 12; digits++) {
		const value = Number(((from + to) / 2).toFixed(digits));
		if (value > from && value < to) return value;
	}
	const middle = from + (to - from) / 2;
	return middle > from && middle < to ? middle : nextUp(from);
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A text strictly between two; the next day where both look like dates. */
function textBetween(after: string | null, before: string | null): string {
	const fits = (text: string): boolean =>
		(after === null || text > after) && (before === null || text < before);
	const candidates = [
		...(after !== null && ISO_DATE.test(after) ? [shiftedDay(after, 1)] : []),
		...(before !== null && ISO_DATE.test(before) ? [shiftedDay(before, -1)] : []),
		...(after === null ? ['', 'A', '0'] : [`${after}a`, `${after}0`, `${after}\u0000`])
	];
	return candidates.find(fits) ?? `${after ?? ''}\u0000`;
}

/** The calendar day before or after an ISO date. */
function shiftedDay(date: string, days: number): string {
	const at = Date.parse(`${date}T00:00:00Z`);
	if (Number.isNaN(at)) return date;
	return new Date(at + days * 86_400_000).toISOString().slice(0, 10);
}
