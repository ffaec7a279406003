/** Loops that compare, combine conditions, look up and choose, without a branch per row. */
import type { Registers, Step } from './registers.ts';
import type { Operand } from './arithmetic.ts';

type Numbers = Float64Array;
type Masks = Uint8Array;
type Indexes = Int32Array;
type Words = Int32Array;
export type Comparison = 'less' | 'at_most' | 'equal';

const at = (h: Numbers | Masks | Indexes, i: number): number => h[i] as number;

type TwoNumbers = (h: Numbers, m: Masks, o: number, a: number, b: number, rows: number) => void;

const REGISTERS: Readonly<Record<Comparison, TwoNumbers>> = {
	less: (h, m, o, a, b, rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = Number(at(h, a + i) < at(h, b + i));
	},
	at_most: (h, m, o, a, b, rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = Number(at(h, a + i) <= at(h, b + i));
	},
	equal: (h, m, o, a, b, rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = Number(at(h, a + i) === at(h, b + i));
	}
};

const CONSTANT_RIGHT: Readonly<Record<Comparison, TwoNumbers>> = {
	less: (h, m, o, a, c, rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = Number(at(h, a + i) < c);
	},
	at_most: (h, m, o, a, c, rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = Number(at(h, a + i) <= c);
	},
	equal: (h, m, o, a, c, rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = Number(at(h, a + i) === c);
	}
};

const CONSTANT_LEFT: Readonly<Record<Comparison, TwoNumbers>> = {
	less: (h, m, o, b, c, rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = Number(c < at(h, b + i));
	},
	at_most: (h, m, o, b, c, rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = Number(c <= at(h, b + i));
	},
	equal: CONSTANT_RIGHT.equal
};

/** `a op b` into mask `o`; false where one is missing. */
export function comparisonStep(
	op: Comparison,
	{ numbers, masks }: Registers,
	o: number,
	a: Operand,
	b: Operand
): Step {
	const run = (loop: TwoNumbers, left: number, right: number): Step => {
		return (rows) => loop(numbers, masks, o, left, right, rows);
	};
	if ('at' in a && 'at' in b) return run(REGISTERS[op], a.at, b.at);
	if ('at' in a && 'constant' in b) return run(CONSTANT_RIGHT[op], a.at, b.constant);
	if ('constant' in a && 'at' in b) return run(CONSTANT_LEFT[op], b.at, a.constant);
	throw new Error(`The operands of “${op}” are constants.`);
}

/** High words of doubles, where the exponent is; platforms differ in which of two words that is. */
const HIGH = new Uint32Array(new Float64Array([1]).buffer)[1] === 0x3ff00000 ? 1 : 0;
const LOW = 1 - HIGH;
const EXPONENT = 0x7ff00000;
/** Added to an exponent of all ones it carries into the sign: missing, found without a branch. */
const CARRY = 0x00100000;

/** `words` are the same registers as 32-bit halves. */
export function isMissing(words: Words, m: Masks, o: number, a: number, rows: number): void {
	for (let i = 0; i < rows; i++) {
		const high = at(words, 2 * (a + i) + HIGH);
		m[o + i] = ((high & EXPONENT) + CARRY) >>> 31;
	}
}

/** A constant where the number is missing, else the number. */
export function orElse(words: Words, o: number, a: number, constant: number, rows: number): void {
	const [constantLow, constantHigh] = halves(constant);
	for (let i = 0; i < rows; i++) {
		const high = at(words, 2 * (a + i) + HIGH);
		const low = at(words, 2 * (a + i) + LOW);
		const mask = ((high & EXPONENT) + CARRY) >> 31;
		words[2 * (o + i) + HIGH] = high ^ ((high ^ constantHigh) & mask);
		words[2 * (o + i) + LOW] = low ^ ((low ^ constantLow) & mask);
	}
}

export interface ConstantChoice {
	readonly condition: number;
	readonly value: number;
	readonly constant: number;
	/** The mask for which the constant is taken: 1 or 0. */
	readonly when: number;
}

/** A number or a constant by a mask, half by half. */
export function selectConstant(
	words: Words,
	m: Masks,
	o: number,
	{ condition, value, constant, when }: ConstantChoice,
	rows: number
): void {
	const [constantLow, constantHigh] = halves(constant);
	const flip = when ^ 1;
	for (let i = 0; i < rows; i++) {
		const mask = -(at(m, condition + i) ^ flip);
		const high = at(words, 2 * (value + i) + HIGH);
		const low = at(words, 2 * (value + i) + LOW);
		words[2 * (o + i) + HIGH] = high ^ ((high ^ constantHigh) & mask);
		words[2 * (o + i) + LOW] = low ^ ((low ^ constantLow) & mask);
	}
}

function halves(constant: number): readonly [low: number, high: number] {
	const words = new Int32Array(new Float64Array([constant]).buffer);
	return [words[LOW] ?? 0, words[HIGH] ?? 0];
}

type Logic = (m: Masks, o: number, a: number, b: number, rows: number) => void;

export const LOGIC: Readonly<Record<'and' | 'or', Logic>> = {
	and: (m, o, a, b, rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = at(m, a + i) & at(m, b + i);
	},
	or: (m, o, a, b, rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = at(m, a + i) | at(m, b + i);
	}
};

export function not(m: Masks, o: number, a: number, rows: number): void {
	for (let i = 0; i < rows; i++) m[o + i] = at(m, a + i) ^ 1;
}

export function indexIs(
	indexes: Indexes,
	m: Masks,
	o: number,
	a: number,
	value: number,
	rows: number
): void {
	for (let i = 0; i < rows; i++) m[o + i] = Number(at(indexes, a + i) === value);
}

export function asNumber(h: Numbers, m: Masks, o: number, a: number, rows: number): void {
	for (let i = 0; i < rows; i++) h[o + i] = at(m, a + i);
}

export interface Choice {
	readonly condition: number;
	readonly yes: number;
	readonly no: number;
}

/** All registers lie in one array: the mask moves the index from one register to the other. */
export function selectNumber(
	h: Numbers,
	m: Masks,
	o: number,
	{ condition, yes, no }: Choice,
	rows: number
): void {
	const distance = yes - no;
	for (let i = 0; i < rows; i++)
		h[o + i] = at(h, no + i + Math.imul(at(m, condition + i), distance));
}

export function selectIndex(
	indexes: Indexes,
	m: Masks,
	o: number,
	{ condition, yes, no }: Choice,
	rows: number
): void {
	const distance = yes - no;
	for (let i = 0; i < rows; i++)
		indexes[o + i] = at(indexes, no + i + Math.imul(at(m, condition + i), distance));
}

export function pick(
	h: Numbers,
	indexes: Indexes,
	o: number,
	a: number,
	table: Float64Array,
	rows: number
): void {
	for (let i = 0; i < rows; i++) h[o + i] = at(table, at(indexes, a + i));
}

export function test(
	m: Masks,
	indexes: Indexes,
	o: number,
	a: number,
	table: Uint8Array,
	rows: number
): void {
	for (let i = 0; i < rows; i++) m[o + i] = at(table, at(indexes, a + i));
}

type Count = (
	h: Numbers,
	indexes: Indexes,
	o: number,
	a: number,
	limits: Float64Array,
	rows: number
) => void;

/** How many limits lie at or below the number, or above it. */
export const COUNT: Readonly<Record<'count_at_most' | 'count_above', Count>> = {
	count_at_most: (h, indexes, o, a, limits, rows) => {
		for (let i = 0; i < rows; i++) {
			const x = at(h, a + i);
			let count = 0;
			for (let k = 0; k < limits.length; k++) count += Number(at(limits, k) <= x);
			indexes[o + i] = count;
		}
	},
	count_above: (h, indexes, o, a, limits, rows) => {
		for (let i = 0; i < rows; i++) {
			const x = at(h, a + i);
			let count = 0;
			for (let k = 0; k < limits.length; k++) count += Number(at(limits, k) > x);
			indexes[o + i] = count;
		}
	}
};

/** A whole curve in one loop: find the segment, then y + (x − x₀) · k; `table` holds x₀, y, k. */
export function curve(
	h: Numbers,
	o: number,
	a: number,
	limits: Float64Array,
	table: Float64Array,
	rows: number
): void {
	for (let i = 0; i < rows; i++) {
		const x = at(h, a + i);
		let row = 0;
		for (let k = 0; k < limits.length; k++) row += Number(at(limits, k) <= x);
		row *= 3;
		h[o + i] = at(table, row + 1) + (x - at(table, row)) * at(table, row + 2);
	}
}

export function asIndex(h: Numbers, indexes: Indexes, o: number, a: number, rows: number): void {
	// Storing to whole numbers turns NaN into 0.
	for (let i = 0; i < rows; i++) indexes[o + i] = at(h, a + i);
}

export function larger(indexes: Indexes, o: number, a: number, b: number, rows: number): void {
	for (let i = 0; i < rows; i++) indexes[o + i] = Math.max(at(indexes, a + i), at(indexes, b + i));
}

export function combine(
	indexes: Indexes,
	o: number,
	high: number,
	low: number,
	factor: number,
	rows: number
): void {
	for (let i = 0; i < rows; i++)
		indexes[o + i] = Math.imul(at(indexes, high + i), factor) + at(indexes, low + i);
}
