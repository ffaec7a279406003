/** Loops that compare, combine conditions, look up and choose, without a branch per row. */
import type { Registers, Step } from './registers.ts';
import type { Operand } from './arithmetic.ts';

type Numbers = Float64Array;
type Masks = Uint8Array;
type Indexes = Int32Array;
export type Comparison = 'less' | 'at_most' | 'equal';

const at = (h: Numbers | Masks | Indexes, i: number): number => h[i] as number;

type TwoNumbers = (h: Numbers, m: Masks, o: number, a: number, b: number) => Step;

const REGISTERS: Readonly<Record<Comparison, TwoNumbers>> = {
	less: (h, m, o, a, b) => (rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = Number(at(h, a + i) < at(h, b + i));
	},
	at_most: (h, m, o, a, b) => (rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = Number(at(h, a + i) <= at(h, b + i));
	},
	equal: (h, m, o, a, b) => (rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = Number(at(h, a + i) === at(h, b + i));
	}
};

const CONSTANT_RIGHT: Readonly<Record<Comparison, TwoNumbers>> = {
	less: (h, m, o, a, c) => (rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = Number(at(h, a + i) < c);
	},
	at_most: (h, m, o, a, c) => (rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = Number(at(h, a + i) <= c);
	},
	equal: (h, m, o, a, c) => (rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = Number(at(h, a + i) === c);
	}
};

const CONSTANT_LEFT: Readonly<Record<Comparison, TwoNumbers>> = {
	less: (h, m, o, b, c) => (rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = Number(c < at(h, b + i));
	},
	at_most: (h, m, o, b, c) => (rows) => {
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
	if ('at' in a && 'at' in b) return REGISTERS[op](numbers, masks, o, a.at, b.at);
	if ('at' in a && 'constant' in b) return CONSTANT_RIGHT[op](numbers, masks, o, a.at, b.constant);
	if ('constant' in a && 'at' in b) return CONSTANT_LEFT[op](numbers, masks, o, b.at, a.constant);
	throw new Error(`The operands of “${op}” are constants.`);
}

export function isMissingStep({ numbers, masks }: Registers, o: number, a: number): Step {
	return (rows) => {
		for (let i = 0; i < rows; i++) masks[o + i] = Number(at(numbers, a + i) !== at(numbers, a + i));
	};
}

type Logic = (m: Masks, o: number, a: number, b: number) => Step;

export const LOGIC: Readonly<Record<'and' | 'or', Logic>> = {
	and: (m, o, a, b) => (rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = at(m, a + i) & at(m, b + i);
	},
	or: (m, o, a, b) => (rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = at(m, a + i) | at(m, b + i);
	}
};

export function notStep(m: Masks, o: number, a: number): Step {
	return (rows) => {
		for (let i = 0; i < rows; i++) m[o + i] = at(m, a + i) ^ 1;
	};
}

export function indexIsStep(
	{ indexes, masks }: Registers,
	o: number,
	a: number,
	value: number
): Step {
	return (rows) => {
		for (let i = 0; i < rows; i++) masks[o + i] = Number(at(indexes, a + i) === value);
	};
}

export function asNumberStep({ numbers, masks }: Registers, o: number, a: number): Step {
	return (rows) => {
		for (let i = 0; i < rows; i++) numbers[o + i] = at(masks, a + i);
	};
}

/** All registers lie in one array: the mask moves the index from one register to the other. */
export function selectStep(
	h: Numbers | Indexes,
	m: Masks,
	o: number,
	{ condition, yes, no }: { condition: number; yes: number; no: number }
): Step {
	const distance = yes - no;
	return (rows) => {
		for (let i = 0; i < rows; i++)
			h[o + i] = at(h, no + i + Math.imul(at(m, condition + i), distance));
	};
}

export function pickStep(
	{ numbers, indexes }: Registers,
	o: number,
	index: number,
	values: readonly number[]
): Step {
	const table = Float64Array.from(values);
	return (rows) => {
		for (let i = 0; i < rows; i++) numbers[o + i] = at(table, at(indexes, index + i));
	};
}

export function testStep(
	{ masks, indexes }: Registers,
	o: number,
	index: number,
	values: readonly number[]
): Step {
	const table = Uint8Array.from(values);
	return (rows) => {
		for (let i = 0; i < rows; i++) masks[o + i] = at(table, at(indexes, index + i));
	};
}

/** How many thresholds lie at or below the number, or above it. */
export function countStep(
	op: 'count_at_most' | 'count_above',
	{ numbers, indexes }: Registers,
	o: number,
	a: number,
	thresholds: readonly number[]
): Step {
	const table = Float64Array.from(thresholds);
	if (op === 'count_at_most')
		return (rows) => {
			for (let i = 0; i < rows; i++) {
				const x = at(numbers, a + i);
				let count = 0;
				for (let k = 0; k < table.length; k++) count += Number(at(table, k) <= x);
				indexes[o + i] = count;
			}
		};
	return (rows) => {
		for (let i = 0; i < rows; i++) {
			const x = at(numbers, a + i);
			let count = 0;
			for (let k = 0; k < table.length; k++) count += Number(at(table, k) > x);
			indexes[o + i] = count;
		}
	};
}

export interface Segments {
	readonly thresholds: readonly number[];
	readonly x: readonly number[];
	readonly y: readonly number[];
	readonly k: readonly number[];
}

/** A whole curve in one loop: find the segment, then y + (x − x₀) · k. */
export function curveStep(h: Numbers, o: number, a: number, segments: Segments): Step {
	const thresholds = Float64Array.from(segments.thresholds);
	const table = Float64Array.from(
		segments.y.flatMap((y, i) => [segments.x[i] ?? 0, y, segments.k[i] ?? 0])
	);
	return (rows) => {
		for (let i = 0; i < rows; i++) {
			const x = at(h, a + i);
			let row = 0;
			for (let k = 0; k < thresholds.length; k++) row += Number(at(thresholds, k) <= x);
			row *= 3;
			h[o + i] = at(table, row + 1) + (x - at(table, row)) * at(table, row + 2);
		}
	};
}

export function asIndexStep({ numbers, indexes }: Registers, o: number, a: number): Step {
	return (rows) => {
		// Storing to whole numbers turns NaN into 0.
		for (let i = 0; i < rows; i++) indexes[o + i] = at(numbers, a + i);
	};
}

export function largerStep(indexes: Indexes, o: number, a: number, b: number): Step {
	return (rows) => {
		for (let i = 0; i < rows; i++)
			indexes[o + i] = Math.max(at(indexes, a + i), at(indexes, b + i));
	};
}

export function combineStep(
	indexes: Indexes,
	o: number,
	{ high, low, factor }: { high: number; low: number; factor: number }
): Step {
	return (rows) => {
		for (let i = 0; i < rows; i++)
			indexes[o + i] = Math.imul(at(indexes, high + i), factor) + at(indexes, low + i);
	};
}
