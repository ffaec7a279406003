/** What this platform's WebAssembly can do, found out by validating modules of a few bytes. */
import { Bytes } from './bytes.ts';
import { OP, SIMD, TYPE } from './instructions.ts';
import { findWebAssembly, type WasmInterface } from './webassembly.ts';

export interface WasmFeatures {
	readonly platform: WasmInterface;
	/** Lane-select with masks of full lanes gives the same bits everywhere; it is one instruction. */
	readonly relaxedSelect: boolean;
}

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** A module with one function without parameters or results. */
function tinyModule(instructions: Bytes): Uint8Array {
	const body = new Bytes().unsigned(0).append(instructions).byte(OP.end);
	return new Bytes()
		.byte(...HEADER)
		.section(1, new Bytes().byte(1, TYPE.function, 0, 0))
		.section(3, new Bytes().byte(1, 0))
		.section(10, new Bytes().byte(1).unsigned(body.length).append(body))
		.finish();
}

function vectors(count: number): Bytes {
	const bytes = new Bytes();
	for (let i = 0; i < count; i++)
		bytes
			.byte(0xfd)
			.unsigned(SIMD.constant)
			.byte(...new Array<number>(16).fill(0));
	return bytes;
}

const DROP = 0x1a;

let found: WasmFeatures | null | undefined;

/** Features of this platform; null where there is no WebAssembly with 128-bit vectors. */
export function wasmFeatures(): WasmFeatures | null {
	if (found !== undefined) return found;
	const platform = findWebAssembly();
	const validates = (instructions: Bytes): boolean => {
		try {
			return platform?.validate(tinyModule(instructions)) ?? false;
		} catch {
			return false;
		}
	};
	if (!platform || !validates(vectors(2).byte(0xfd).unsigned(SIMD.addF64).byte(DROP))) found = null;
	else
		found = {
			platform,
			relaxedSelect: validates(vectors(3).byte(0xfd).unsigned(SIMD.relaxedLaneSelect64).byte(DROP))
		};
	return found;
}
