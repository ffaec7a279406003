/**
 * The part of the WebAssembly interface that the engine uses, declared here because the engine is
 * compiled without the types of any platform. Absent where WebAssembly is switched off.
 */
export interface WasmMemory {
	readonly buffer: ArrayBufferLike;
	grow(pages: number): number;
}

/** Opaque; it can be sent to a worker together with a shared memory. */
export interface WasmModule {
	readonly [Symbol.toStringTag]?: string;
}

export interface WasmInstance {
	readonly exports: Readonly<Record<string, unknown>>;
}

export interface WasmInterface {
	validate(bytes: Uint8Array): boolean;
	readonly Module: new (bytes: Uint8Array) => WasmModule;
	readonly Instance: new (
		module: WasmModule,
		imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>
	) => WasmInstance;
	readonly Memory: new (description: {
		initial: number;
		maximum?: number;
		shared?: boolean;
	}) => WasmMemory;
}

/** The platform's WebAssembly, or null where there is none. */
export function findWebAssembly(): WasmInterface | null {
	const platform = globalThis as { readonly WebAssembly?: WasmInterface };
	return platform.WebAssembly ?? null;
}
