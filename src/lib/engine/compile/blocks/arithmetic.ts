/**
 * Loops over numbers. One small function per operation and operand form: each stays specialised to
 * its arrays, which is what makes closures over blocks fast without generating code.
 */
import { applyArithmetic, type ArithmeticOp } from '../graph-node.ts';
import type { Step } from './registers.ts';

type Numbers = Float64Array;

/** A register by its offset, or a number that is the same in every row. */
export type Operand = { readonly at: number } | { readonly constant: number };

/** Loops take everything as parameters: what a closure captures would be read anew for every row. */
type TwoRegisters = (h: Numbers, o: number, a: number, b: number, rows: number) => void;
type RegisterAndConstant = (h: Numbers, o: number, a: number, c: number, rows: number) => void;

const at = (h: Numbers, i: number): number => h[i] as number;

const REGISTERS: Readonly<Record<ArithmeticOp, TwoRegisters>> = {
	add: (h, o, a, b, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) + at(h, b + i);
	},
	subtract: (h, o, a, b, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) - at(h, b + i);
	},
	multiply: (h, o, a, b, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) * at(h, b + i);
	},
	divide: (h, o, a, b, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) / at(h, b + i);
	},
	modulo: (h, o, a, b, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) % at(h, b + i);
	},
	min: (h, o, a, b, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = Math.min(at(h, a + i), at(h, b + i));
	},
	max: (h, o, a, b, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = Math.max(at(h, a + i), at(h, b + i));
	}
};

const CONSTANT_RIGHT: Readonly<Record<ArithmeticOp, RegisterAndConstant>> = {
	add: (h, o, a, c, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) + c;
	},
	subtract: (h, o, a, c, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) - c;
	},
	multiply: (h, o, a, c, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) * c;
	},
	divide: (h, o, a, c, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) / c;
	},
	modulo: (h, o, a, c, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) % c;
	},
	min: (h, o, a, c, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = Math.min(at(h, a + i), c);
	},
	max: (h, o, a, c, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = Math.max(at(h, a + i), c);
	}
};

const CONSTANT_LEFT: Readonly<Record<'subtract' | 'divide' | 'modulo', RegisterAndConstant>> = {
	subtract: (h, o, b, c, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = c - at(h, b + i);
	},
	divide: (h, o, b, c, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = c / at(h, b + i);
	},
	modulo: (h, o, b, c, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = c % at(h, b + i);
	}
};

/** `a op b` into register `o`. */
export function arithmeticStep(
	op: ArithmeticOp,
	h: Numbers,
	o: number,
	a: Operand,
	b: Operand
): Step {
	const run = (loop: TwoRegisters, left: number, right: number): Step => {
		return (rows) => loop(h, o, left, right, rows);
	};
	if ('at' in a && 'at' in b) return run(REGISTERS[op], a.at, b.at);
	if ('at' in a && 'constant' in b) return run(CONSTANT_RIGHT[op], a.at, b.constant);
	if ('constant' in a && 'at' in b) {
		if (op === 'subtract' || op === 'divide' || op === 'modulo')
			return run(CONSTANT_LEFT[op], b.at, a.constant);
		return run(CONSTANT_RIGHT[op], b.at, a.constant);
	}
	// Two constants are folded before, unless the result is infinite, which no constant is.
	const [left, right] = [a, b].map((side) => ('constant' in side ? side.constant : NaN));
	const result = applyArithmetic(op, left ?? NaN, right ?? NaN);
	return (rows) => {
		h.fill(result, o, o + rows);
	};
}

/** factor · register `a`, added to register `sum`: the commonest pair of operations, in one loop. */
export function addProduct(
	h: Numbers,
	o: number,
	sum: number,
	a: number,
	factor: number,
	rows: number
): void {
	for (let i = 0; i < rows; i++) h[o + i] = at(h, sum + i) + factor * at(h, a + i);
}

export interface Rounding {
	readonly power: number;
	readonly shift: number;
	readonly divisor: number;
}

/** floor((a · power) + shift) ÷ power: rounding of numbers that are not negative. */
export function roundUp(h: Numbers, o: number, a: number, rounding: Rounding, rows: number): void {
	const { power, shift, divisor } = rounding;
	for (let i = 0; i < rows; i++) h[o + i] = Math.floor(at(h, a + i) * power + shift) / divisor;
}

type Unary = (h: Numbers, o: number, a: number, rows: number) => void;

export const UNARY: Readonly<Record<'floor' | 'ceil' | 'absolute' | 'finite', Unary>> = {
	floor: (h, o, a, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = Math.floor(at(h, a + i));
	},
	ceil: (h, o, a, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = Math.ceil(at(h, a + i));
	},
	absolute: (h, o, a, rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = Math.abs(at(h, a + i));
	},
	finite: (h, o, a, rows) => {
		for (let i = 0; i < rows; i++) {
			const x = at(h, a + i);
			h[o + i] = x + (x - x);
		}
	}
};

/** The magnitude in `a` with the sign of `b`. */
export function signedLike(h: Numbers, o: number, a: number, b: number, rows: number): void {
	for (let i = 0; i < rows; i++) h[o + i] = at(h, b + i) < 0 ? -at(h, a + i) : at(h, a + i);
}
