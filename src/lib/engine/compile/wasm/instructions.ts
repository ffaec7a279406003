/** The instructions of WebAssembly that kernels use, by their binary codes. */

export const TYPE = { i32: 0x7f, f64: 0x7c, v128: 0x7b, function: 0x60, nothing: 0x40 } as const;

export const OP = {
	loop: 0x03,
	end: 0x0b,
	branchIf: 0x0d,
	call: 0x10,
	get: 0x20,
	set: 0x21,
	tee: 0x22,
	i32Load: 0x28,
	f64Load: 0x2b,
	i32Load8: 0x2d,
	i32Store: 0x36,
	i32Store8: 0x3a,
	f64Store: 0x39,
	i32Const: 0x41,
	i32LessUnsigned: 0x49,
	i32Add: 0x6a,
	i32Multiply: 0x6c,
	i32And: 0x71,
	i32ShiftLeft: 0x74,
	f64Add: 0xa0
} as const;

/** Codes after the 0xfd prefix. */
export const SIMD = {
	load: 0x00,
	load32x2Signed: 0x05,
	store: 0x0b,
	constant: 0x0c,
	shuffle8: 0x0d,
	splat64: 0x12,
	splatF64: 0x14,
	extract32: 0x1b,
	extractF64: 0x21,
	replaceF64: 0x22,
	lessF64: 0x49,
	atMostF64: 0x4b,
	equalF64: 0x47,
	unequalF64: 0x48,
	not: 0x4d,
	and: 0x4e,
	andNot: 0x4f,
	or: 0x50,
	bitSelect: 0x52,
	load64Lane: 0x57,
	load64Zero: 0x5d,
	ceilF64: 0x74,
	floorF64: 0x75,
	max32: 0xb8,
	add64: 0xce,
	subtract64: 0xd1,
	equal64: 0xd6,
	absoluteF64: 0xec,
	addF64: 0xf0,
	subtractF64: 0xf1,
	multiplyF64: 0xf2,
	divideF64: 0xf3,
	minF64: 0xf4,
	maxF64: 0xf5,
	/** b < a ? b : a */
	pseudoMinF64: 0xf6,
	/** a < b ? b : a */
	pseudoMaxF64: 0xf7,
	/** Two doubles to 32-bit whole numbers in the low lanes; NaN to 0. */
	truncate32F64: 0xfc,
	extendLow32: 0xc7,
	relaxedLaneSelect64: 0x10c
} as const;

/** Instructions of the graph's plain operations on numbers. */
export const ARITHMETIC = {
	add: SIMD.addF64,
	subtract: SIMD.subtractF64,
	multiply: SIMD.multiplyF64,
	divide: SIMD.divideF64
} as const;
export const COMPARISON = {
	less: SIMD.lessF64,
	at_most: SIMD.atMostF64,
	equal: SIMD.equalF64
} as const;
export const UNARY = {
	floor: SIMD.floorF64,
	ceil: SIMD.ceilF64,
	absolute: SIMD.absoluteF64
} as const;
/** Sign bit of a double as a 64-bit whole number. */
export const SIGN_BIT = -(2 ** 63);
/** Bytes of the low halves of two vectors, and of the high ones. */
export const LOW_HALVES = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
export const HIGH_HALVES = LOW_HALVES.map((byte) => byte + 8);
