/** The frame of a kernel: parameters, locals of the loop, and how a loop over pairs of rows begins. */
import type { GraphNode } from '../graph-node.ts';
import { Bytes } from './bytes.ts';
import { OP, SIMD, TYPE } from './instructions.ts';

/** Parameters of a kernel: first row (even), end (even), address of the tallies. */
const FROM = 0;
const TO = 1;
export const TALLIES = 2;
export const PARAMETERS = 3;
/** Byte offsets of the current rows in columns of 8, 4 and 1 bytes. */
export const AT8 = 3;
export const AT4 = 4;
export const AT1 = 5;
const INTEGER_LOCALS = 3;

/** How many numbers a tally keeps; a mask has one count. */
export function tallySize(index: GraphNode): number {
	return index.kind === 'mask' ? 1 : index.size;
}

/** Byte offsets of the first row. */
export function startOfRows(): Bytes {
	const code = new Bytes();
	for (const [local, bits] of [
		[AT8, 3],
		[AT4, 2],
		[AT1, 0]
	] as const) {
		code.byte(OP.get).unsigned(FROM).byte(OP.i32Const).signed(bits);
		code.byte(OP.i32ShiftLeft, OP.set).unsigned(local);
	}
	return code;
}

/** A sum over all rows that stays in a local while the loop runs. */
export interface RunningSum {
	readonly local: number;
	/** From the start of the tallies. */
	readonly offset: number;
}

/** Reads the running sums before the loop, or writes them after it. */
export function transferSums(sums: readonly RunningSum[], direction: 'read' | 'write'): Bytes {
	const code = new Bytes();
	for (const { local, offset } of sums) {
		code.byte(OP.get).unsigned(TALLIES);
		if (direction === 'write') code.byte(OP.get).unsigned(local);
		code.byte(0xfd).unsigned(direction === 'read' ? SIMD.load : SIMD.store);
		code.unsigned(3).unsigned(offset);
		if (direction === 'read') code.byte(OP.set).unsigned(local);
	}
	return code;
}

/** The next pair of rows; the loop goes on while there is one. */
export function nextRows(): Bytes {
	const code = new Bytes();
	for (const [local, bytes] of [
		[AT8, 16],
		[AT4, 8],
		[AT1, 2]
	] as const) {
		code.byte(OP.get).unsigned(local).byte(OP.i32Const).signed(bytes);
		code.byte(OP.i32Add, OP.set).unsigned(local);
	}
	code.byte(OP.get).unsigned(AT1).byte(OP.get).unsigned(TO);
	return code.byte(OP.i32LessUnsigned, OP.branchIf, 0, OP.end);
}

/** Declarations of locals, one by one. */
export function declareLocals(types: readonly number[]): Bytes {
	const code = new Bytes().unsigned(types.length);
	for (const type of types) code.unsigned(1).byte(type);
	return code;
}

/** Types of the locals that every kernel has. */
export const FRAME_LOCALS: readonly number[] = new Array<number>(INTEGER_LOCALS).fill(TYPE.i32);
