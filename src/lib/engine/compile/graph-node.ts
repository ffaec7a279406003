/**
 * The typed graph that a scheme becomes: equal sub-expressions are one node. Back ends (WebAssembly,
 * blocks of closures, one day SQL) read it; nothing in it belongs to one of them.
 *
 * Three kinds of nodes:
 * - `number`: a double; missing is NaN; never infinite once it went through `finite`. −0 may occur
 *   inside and equals 0 everywhere; only stored results are turned into 0.
 * - `mask`: true or false. What a rule calls null is kept apart by whoever needs it (`lower/`).
 * - `index`: a small whole number, e.g. the position of a text in its dictionary (0 is missing) or
 *   the segment of a curve.
 */
import type { Interval } from './interval.ts';

export type ArithmeticOp = 'add' | 'subtract' | 'multiply' | 'divide' | 'modulo' | 'min' | 'max';
export type NumberOp =
	| ArithmeticOp
	| 'constant' // value
	| 'open' // name: set before a run, the same for every row; the graph knows only its bounds
	| 'column' // name
	| 'floor'
	| 'ceil'
	| 'absolute'
	| 'signed_like' // magnitude of the first with the sign of the second
	| 'finite' // missing where the operand is infinite
	| 'select' // mask, if true, if false
	| 'as_number' // mask → 1 or 0
	| 'pick'; // index → values[index]
export type MaskOp =
	| 'always' // value 1 or 0
	| 'less'
	| 'at_most'
	| 'equal'
	| 'is_missing' // number
	| 'index_is' // index, value
	| 'test' // index → values[index] is 1
	| 'and'
	| 'or'
	| 'not';
export type IndexOp =
	| 'whole' // value
	| 'code' // name of a text or boolean column: position in the dictionary + 1, 0 is missing
	| 'count_at_most' // number → how many of values are ≤ it; 0 for missing
	| 'count_above' // number → how many of values are > it; 0 for missing
	| 'as_index' // whole number from 0 to size − 1; 0 for missing
	| 'larger' // index, index
	| 'choose' // mask, if true, if false
	| 'combine'; // index a, index b → a · value + b

export type GraphOp = NumberOp | MaskOp | IndexOp;
export type GraphKind = 'number' | 'mask' | 'index';

export interface GraphNode {
	readonly id: number;
	readonly kind: GraphKind;
	readonly op: GraphOp;
	readonly args: readonly GraphNode[];
	/** Of `constant`, `always`, `whole`, `index_is`, `combine`. */
	readonly value: number;
	/** Of `column`, `code` and `open`. */
	readonly name: string;
	/** Thresholds or the table of results. */
	readonly values: readonly number[];
	/** Bounds of a number; for an index, its values are 0 … size − 1. */
	readonly interval: Interval;
	readonly size: number;
	/** A number that may be missing. */
	readonly nullable: boolean;
}

/** What the graph needs to know of the columns of a table. */
export interface ColumnFacts {
	number(name: string): { readonly interval: Interval; readonly nullable: boolean } | null;
	/** Dictionary of a text column, `['false', 'true']` for a boolean one. */
	dictionary(name: string): readonly string[] | null;
}

/** Applies an arithmetic operation to two doubles exactly as every back end does. */
export function applyArithmetic(op: ArithmeticOp, a: number, b: number): number {
	switch (op) {
		case 'add':
			return a + b;
		case 'subtract':
			return a - b;
		case 'multiply':
			return a * b;
		case 'divide':
			return a / b;
		case 'modulo':
			return a % b;
		case 'min':
			return Math.min(a, b);
		case 'max':
			return Math.max(a, b);
	}
}

export function isZero(node: GraphNode): boolean {
	return node.op === 'constant' && node.value === 0;
}

/** The constant that is missing. */
export function isNone(node: GraphNode): boolean {
	return node.op === 'constant' && Number.isNaN(node.value);
}
