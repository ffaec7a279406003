/**
 * Loops over numbers. One small function per operation and operand form: each stays specialised to
 * its arrays, which is what makes closures over blocks fast without generating code.
 */
import { applyArithmetic, type ArithmeticOp } from '../graph.ts';
import type { Step } from './registers.ts';

type Numbers = Float64Array;

/** A register by its offset, or a number that is the same in every row. */
export type Operand = { readonly at: number } | { readonly constant: number };

type TwoRegisters = (h: Numbers, o: number, a: number, b: number) => Step;
type RegisterAndConstant = (h: Numbers, o: number, a: number, c: number) => Step;

const at = (h: Numbers, i: number): number => h[i] as number;

const REGISTERS: Readonly<Record<ArithmeticOp, TwoRegisters>> = {
	add: (h, o, a, b) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) + at(h, b + i);
	},
	subtract: (h, o, a, b) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) - at(h, b + i);
	},
	multiply: (h, o, a, b) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) * at(h, b + i);
	},
	divide: (h, o, a, b) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) / at(h, b + i);
	},
	modulo: (h, o, a, b) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) % at(h, b + i);
	},
	min: (h, o, a, b) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = Math.min(at(h, a + i), at(h, b + i));
	},
	max: (h, o, a, b) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = Math.max(at(h, a + i), at(h, b + i));
	}
};

const CONSTANT_RIGHT: Readonly<Record<ArithmeticOp, RegisterAndConstant>> = {
	add: (h, o, a, c) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) + c;
	},
	subtract: (h, o, a, c) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) - c;
	},
	multiply: (h, o, a, c) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) * c;
	},
	divide: (h, o, a, c) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) / c;
	},
	modulo: (h, o, a, c) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, a + i) % c;
	},
	min: (h, o, a, c) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = Math.min(at(h, a + i), c);
	},
	max: (h, o, a, c) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = Math.max(at(h, a + i), c);
	}
};

const CONSTANT_LEFT: Readonly<Record<'subtract' | 'divide' | 'modulo', RegisterAndConstant>> = {
	subtract: (h, o, b, c) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = c - at(h, b + i);
	},
	divide: (h, o, b, c) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = c / at(h, b + i);
	},
	modulo: (h, o, b, c) => (rows) => {
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
	if ('at' in a && 'at' in b) return REGISTERS[op](h, o, a.at, b.at);
	if ('at' in a && 'constant' in b) return CONSTANT_RIGHT[op](h, o, a.at, b.constant);
	if ('constant' in a && 'at' in b) {
		if (op === 'subtract' || op === 'divide' || op === 'modulo')
			return CONSTANT_LEFT[op](h, o, b.at, a.constant);
		return CONSTANT_RIGHT[op](h, o, b.at, a.constant);
	}
	// Two constants are folded before, unless the result is infinite, which no constant is.
	const [left, right] = [a, b].map((side) => ('constant' in side ? side.constant : NaN));
	const result = applyArithmetic(op, left ?? NaN, right ?? NaN);
	return (rows) => {
		h.fill(result, o, o + rows);
	};
}

/** factor · register `a`, added to register `sum`: the commonest pair of operations, in one loop. */
export function addProductStep(
	h: Numbers,
	o: number,
	sum: number,
	a: number,
	factor: number
): Step {
	return (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, sum + i) + factor * at(h, a + i);
	};
}

/** floor((a · power) + shift) ÷ power: rounding of numbers that are not negative. */
export function roundStep(
	h: Numbers,
	o: number,
	a: number,
	{ power, shift, divisor }: { power: number; shift: number; divisor: number }
): Step {
	return (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = Math.floor(at(h, a + i) * power + shift) / divisor;
	};
}

type Unary = (h: Numbers, o: number, a: number) => Step;

export const UNARY: Readonly<Record<'floor' | 'ceil' | 'absolute' | 'finite', Unary>> = {
	floor: (h, o, a) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = Math.floor(at(h, a + i));
	},
	ceil: (h, o, a) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = Math.ceil(at(h, a + i));
	},
	absolute: (h, o, a) => (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = Math.abs(at(h, a + i));
	},
	finite: (h, o, a) => (rows) => {
		for (let i = 0; i < rows; i++) {
			const x = at(h, a + i);
			h[o + i] = x + (x - x);
		}
	}
};

/** The magnitude in `a` with the sign of `b`. */
export function signedLikeStep(h: Numbers, o: number, a: number, b: number): Step {
	return (rows) => {
		for (let i = 0; i < rows; i++) h[o + i] = at(h, b + i) < 0 ? -at(h, a + i) : at(h, a + i);
	};
}
