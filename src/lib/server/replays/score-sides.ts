/** What both threads do: one replay over a snapshot, with the witness for a sample of rows. */
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { TableScorer } from '#lib/engine/compare/attribute-schemes.ts';
import { compileScheme } from '#lib/engine/compile/compile.ts';
import { Cancelled as EngineCancelled, scoreTable } from '#lib/engine/score/score-table.ts';
import type { Guardrails } from '#lib/engine/replay/checks.ts';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import type { DiffOptions } from '#lib/engine/revise/diff.ts';
import {
	ReplayRefused,
	runReplay,
	type ReplayEngine,
	type ReplayInput
} from '#lib/engine/replay/run.ts';
import { rowsWhere, selectRows } from '#lib/engine/table/select-rows.ts';
import { tableOfSnapshot, type Snapshot } from '#lib/engine/table/snapshot.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { evaluateByReference } from '#lib/reference/index.ts';
import { refuse } from '../http/problem.ts';
import { checkSides } from '../schemes/check-sides.ts';
import { replayProblems } from './problems.ts';

export interface ReplayWork {
	readonly snapshot: Snapshot;
	readonly datasetHash: string;
	readonly draft: SchemeDocument;
	readonly baseline: SchemeDocument | null;
	readonly periods: readonly string[];
	readonly guardrails: Guardrails;
	/** Runs the checker on the draft, by itself or with this history as well; nothing unless given. */
	readonly check?: CheckDepth;
	/** Names for the sentences of the edits, and what the checker knows. */
	readonly words: KnownWords;
	/** Only these people: what a head may see. */
	readonly employees?: readonly string[];
	/** How many of the largest changes are explained; the engine's 50 unless given. */
	readonly movers?: number;
	/** Rows that json-logic-js scores again. */
	readonly referenceRows: number;
}

export type CheckDepth = 'document' | 'history';

export type KnownWords = Required<Pick<DiffOptions, 'metrics' | 'dictionary'>>;

export interface WorkTools {
	readonly onProgress?: (share: number) => void;
	readonly isCancelled?: () => boolean;
}

/** Below so many rows the interpreter is done before a kernel is compiled. */
const COMPILED_FROM = 2_000;

const COMPILED: ReplayEngine = {
	backend: 'wasm',
	score: (prepared, table, options) =>
		compileScheme(prepared, table, { backend: 'wasm', preview: options.preview ?? false }).score()
};

/** Compiled for histories, interpreted for single people: both give the same bits. */
function engineFor({ rows }: Table): ReplayEngine | null {
	return rows < COMPILED_FROM ? null : COMPILED;
}

/** What scores a table of this size. */
export function scorerFor(table: Table): TableScorer {
	return engineFor(table)?.score ?? scoreTable;
}

/** Runs the replay; a range without data is refused with a sentence. */
export function scoreSides(work: ReplayWork, tools: WorkTools = {}): ReplayReport {
	const whole = tableOfSnapshot(work.snapshot);
	const table = work.employees
		? selectRows(whole, rowsWhere(whole, 'employee.id', new Set(work.employees)))
		: whole;
	const engine = engineFor(table);
	try {
		return runReplay({
			draft: work.draft,
			baseline: work.baseline,
			table,
			periods: work.periods,
			guardrails: work.guardrails,
			...checked(work, table),
			words: work.words,
			...(work.movers === undefined ? {} : { movers: work.movers }),
			...(engine ? { engine } : {}),
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

/** What the checker says of the draft: here, where the history is, and off the main thread. */
function checked(
	{ draft, baseline, check, words }: ReplayWork,
	table: Table
): Pick<ReplayInput, 'findings' | 'needs'> {
	if (!check) return {};
	const { findings, needs } = checkSides({
		document: draft,
		baseline,
		...words,
		...(check === 'history' ? { history: table } : {})
	});
	return { findings, ...(check === 'history' ? { needs } : {}) };
}

export { EngineCancelled };
