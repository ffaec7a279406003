/**
 * A scheme compiled for one table: prepared rules → graph → kernel of a back end → columns. What the
 * kernel gives equals `score/score-table.ts` bit by bit; rows in which an interpreted rule failed
 * are scored the plain way.
 */
import type { PreparedScheme } from '../score/prepare.ts';
import type { ScoreColumns } from '../score/score-columns.ts';
import { withDerivedColumns } from '../table/derive.ts';
import type { Table } from '../table/table.ts';
import type { Backend, BackendName, Kernel } from './backend.ts';
import { BlockBackend } from './blocks/backend.ts';
import { SourceColumns } from './facts.ts';
import { resolveScheme, type ResolvedScheme } from './interpreted.ts';
import { readTotals, scorecardProgram, totalsProgram, type TotalColumns } from './outputs.ts';
import type { Program } from './program.ts';
import { tabulateProgram } from './tabulate.ts';
import { readScoreColumns } from './score-columns.ts';
import { WasmBackend, WasmKernel, type SharedKernel } from './wasm/backend.ts';

export type { BackendName } from './backend.ts';
export type { TotalColumns } from './outputs.ts';
export { adoptTable } from './wasm/table-memory.ts';

export interface CompileOptions {
	/** `wasm` falls back to `blocks` where the platform has no WebAssembly with vectors. */
	readonly backend: BackendName;
	/** Weights that do not total 100 are scaled instead of refused. */
	readonly preview?: boolean;
}

/** How a scheme was compiled. */
export interface CompileReport {
	readonly backend: BackendName;
	/** Distinct nodes of the graph. */
	readonly nodes: number;
	/** Rules that run in the interpreter, and why. */
	readonly interpreted: readonly { readonly at: string; readonly reason: string }[];
}

/** More grades than a byte holds beside the statuses cannot be compiled. */
export const MOST_GRADES = 250;

/** The back end for a table: the one asked for, or blocks where there is no WebAssembly. */
export function createBackend(name: BackendName, columns: SourceColumns): Backend {
	return (name === 'wasm' && WasmBackend.create(columns)) || new BlockBackend(columns);
}

/** Compiles a scheme for a table. */
export function compileScheme(
	prepared: PreparedScheme,
	table: Table,
	options: CompileOptions
): CompiledScheme {
	const source = withDerivedColumns(table, []);
	return new CompiledScheme(prepared, source, options);
}

export class CompiledScheme {
	readonly report: CompileReport;
	readonly #prepared: PreparedScheme;
	readonly #table: Table;
	readonly #preview: boolean;
	readonly #backend: Backend;
	readonly #resolved: ResolvedScheme;
	#totals: Kernel | null = null;

	constructor(prepared: PreparedScheme, table: Table, options: CompileOptions) {
		if (prepared.grades.length > MOST_GRADES)
			throw new Error(`A scheme has at most ${MOST_GRADES} grades.`);
		this.#prepared = prepared;
		this.#table = table;
		this.#preview = options.preview ?? false;
		const columns = new SourceColumns(table);
		this.#backend = createBackend(options.backend, columns);
		this.#resolved = resolveScheme(prepared, table, columns, this.#backend, {
			preview: this.#preview,
			fiscalMonth: table.fiscalMonth ?? 1
		});
		this.report = {
			backend: this.#backend.name,
			nodes: this.#resolved.nodes.graph.size,
			interpreted: this.#resolved.interpreted.map(({ at, reason }) => ({ at, reason }))
		};
	}

	/** The program of a fast full re-score, for tests and for other printers of the graph. */
	get program(): Program {
		const { nodes } = this.#resolved;
		return tabulateProgram(nodes.graph, totalsProgram(nodes));
	}

	/** Bytes held beside the table. */
	get heldBytes(): number {
		return this.#backend.heldBytes;
	}

	#totalsKernel(): Kernel {
		this.#totals ??= this.#backend.prepare(this.program);
		return this.#totals;
	}

	/** Scores rows [from, to) into the total columns; `from` is even. */
	scoreRange(from: number, to: number): void {
		this.#totalsKernel().run(from, to);
	}

	/** The kernel of `scoreRange` for another thread on the same memory; null without shared memory. */
	share(): SharedKernel | null {
		const kernel = this.#totalsKernel();
		return kernel instanceof WasmKernel ? kernel.share() : null;
	}

	/** The columns that `scoreRange` fills. Rows that need the interpreter are not among the scored. */
	get totals(): TotalColumns {
		this.#totalsKernel();
		return readTotals(this.#backend, this.#resolved.nodes);
	}

	/** Totals of all rows in one fused pass. */
	run(): TotalColumns {
		this.scoreRange(0, this.#table.rows);
		return this.totals;
	}

	/** Everything a scorecard shows, for all rows, as the interpreter gives it. */
	score(): ScoreColumns {
		const { nodes, troubled } = this.#resolved;
		const program = tabulateProgram(nodes.graph, scorecardProgram(nodes));
		this.#backend.prepare(program).run(0, this.#table.rows);
		return readScoreColumns(this.#prepared, this.#table, this.#backend, nodes, {
			preview: this.#preview,
			troubled
		});
	}
}
