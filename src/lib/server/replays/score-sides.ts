/** What both threads do: one replay over a snapshot, with the witness for a sample of rows. */
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { compileScheme } from '#lib/engine/compile/compile.ts';
import { Cancelled as EngineCancelled, scoreTable } from '#lib/engine/score/score-table.ts';
import type { Guardrails } from '#lib/engine/replay/checks.ts';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import type { DiffOptions } from '#lib/engine/revise/diff.ts';
import { ReplayRefused, runReplay, type ReplayEngine } from '#lib/engine/replay/run.ts';
import { rowsWhere, selectRows } from '#lib/engine/table/select-rows.ts';
import { tableOfSnapshot, type Snapshot } from '#lib/engine/table/snapshot.ts';
import { evaluateByReference } from '#lib/reference/index.ts';
import { refuse } from '../http/problem.ts';
import { replayProblems } from './problems.ts';

export interface ReplayWork {
	readonly snapshot: Snapshot;
	readonly datasetHash: string;
	readonly draft: SchemeDocument;
	readonly baseline: SchemeDocument | null;
	readonly periods: readonly string[];
	readonly guardrails: Guardrails;
	readonly findings: readonly Diagnostic[];
	/** Names for the sentences of the edits. */
	readonly words: DiffOptions;
	/** Only these people: what a head may see. */
	readonly employees?: readonly string[];
	/** How many of the largest changes are explained; the engine's 50 unless given. */
	readonly movers?: number;
	/** Rows that json-logic-js scores again. */
	readonly referenceRows: number;
}

export interface WorkTools {
	readonly onProgress?: (share: number) => void;
	readonly isCancelled?: () => boolean;
}

/** Below so many rows the interpreter is done before a kernel is compiled. */
const COMPILED_FROM = 2_000;

/** Compiled for histories, interpreted for single people: both give the same bits. */
const ENGINE: ReplayEngine = {
	backend: 'wasm',
	score: (prepared, table, options) =>
		table.rows < COMPILED_FROM
			? scoreTable(prepared, table, options)
			: compileScheme(prepared, table, {
					backend: 'wasm',
					preview: options.preview ?? false
				}).score()
};

/** Runs the replay; a range without data is refused with a sentence. */
export function scoreSides(work: ReplayWork, tools: WorkTools = {}): ReplayReport {
	const whole = tableOfSnapshot(work.snapshot);
	const table = work.employees
		? selectRows(whole, rowsWhere(whole, 'employee.id', new Set(work.employees)))
		: whole;
	try {
		return runReplay({
			draft: work.draft,
			baseline: work.baseline,
			table,
			periods: work.periods,
			guardrails: work.guardrails,
			findings: work.findings,
			words: work.words,
			...(work.movers === undefined ? {} : { movers: work.movers }),
			...(table.rows < COMPILED_FROM ? {} : { engine: ENGINE }),
			reference: evaluateByReference,
			referenceRows: work.referenceRows,
			...(work.employees ? {} : { datasetHash: work.datasetHash }),
			onProgress: ({ share }) => tools.onProgress?.(share),
			...(tools.isCancelled ? { isCancelled: tools.isCancelled } : {})
		});
	} catch (error) {
		if (error instanceof ReplayRefused) {
			throw refuse(replayProblems, 'range_empty', {
				details: { from: work.periods[0] ?? '', to: work.periods.at(-1) ?? '' },
				diagnostics: error.diagnostics,
				cause: error
			});
		}
		throw error;
	}
}

export { EngineCancelled };
