/** A kernel's body as a module of WebAssembly, and the modules that were already compiled. */
import { Bytes } from './bytes.ts';
import type { EmittedKernel } from './emit.ts';
import { TYPE } from './instructions.ts';
import type { WasmInstance, WasmInterface, WasmMemory, WasmModule } from './webassembly.ts';

/** Largest memory a module may be given, in pages of 64 KiB: 4 GiB. */
export const LARGEST_PAGES = 65536;

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const MEMORY_IMPORT = 2;
const FUNCTION_IMPORT = 0;
const SHARED_WITH_MAXIMUM = 3;
const WITH_MAXIMUM = 1;

/** Runs rows [from, to) with the tallies at an address. */
export type KernelFunction = (from: number, to: number, tallies: number) => void;

/** The bytes of a module with one kernel. */
export function moduleBytes(kernel: EmittedKernel, sharedMemory: boolean): Uint8Array {
	const types = new Bytes().byte(2);
	types.byte(TYPE.function, 3, TYPE.i32, TYPE.i32, TYPE.i32, 0);
	types.byte(TYPE.function, 2, TYPE.f64, TYPE.f64, 1, TYPE.f64);
	const imports = new Bytes().byte(kernel.usesRemainder ? 2 : 1);
	if (kernel.usesRemainder) imports.name('engine').name('remainder').byte(FUNCTION_IMPORT, 1);
	imports.name('engine').name('memory').byte(MEMORY_IMPORT);
	imports.byte(sharedMemory ? SHARED_WITH_MAXIMUM : WITH_MAXIMUM).unsigned(1);
	imports.unsigned(LARGEST_PAGES);
	const exports = new Bytes()
		.byte(1)
		.name('run')
		.byte(0, kernel.usesRemainder ? 1 : 0);
	const code = new Bytes().byte(1).unsigned(kernel.body.length).append(kernel.body);
	return new Bytes(kernel.body.length + 256)
		.byte(...HEADER)
		.section(1, types)
		.section(2, imports)
		.section(3, new Bytes().byte(1, 0))
		.section(7, exports)
		.section(10, code)
		.finish();
}

/** Modules kept for the next kernel of the same shape. */
const KEPT_MODULES = 64;
const CHUNK = 8192;

/** Compiles modules, each shape once. Constants are not part of the shape. */
export class ModuleCache {
	readonly #modules = new Map<string, WasmModule>();

	/** The module of these bytes, and whether it was new. */
	compile(
		platform: WasmInterface,
		bytes: Uint8Array
	): { module: WasmModule; key: string; isNew: boolean } {
		let key = '';
		for (let at = 0; at < bytes.length; at += CHUNK)
			key += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
		const known = this.#modules.get(key);
		this.#modules.delete(key);
		const module = known ?? new platform.Module(bytes);
		this.#modules.set(key, module);
		const [oldest] = this.#modules.keys();
		if (this.#modules.size > KEPT_MODULES && oldest !== undefined) this.#modules.delete(oldest);
		return { module, key, isNew: known === undefined };
	}
}

/** The modules of this thread. */
export const moduleCache = new ModuleCache();

/** Joins a module and a memory to a function that can be called. */
export function instantiate(
	platform: WasmInterface,
	module: WasmModule,
	memory: WasmMemory
): KernelFunction {
	const instance: WasmInstance = new platform.Instance(module, {
		engine: { memory, remainder: (a: number, b: number) => a % b }
	});
	const run = instance.exports['run'];
	if (typeof run !== 'function') throw new Error('The kernel exports no function.');
	return (from, to, tallies) => {
		run(from, to, tallies);
	};
}
