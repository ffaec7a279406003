/**
 * Runs a replay: the draft as a preview, the baseline as it is, over the same rows of history, and
 * everything that the page, the command line and the API say about the two. The same input gives
 * the same report, byte for byte.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SuppliedNeed } from '../analyse/supply.ts';
import type { AnalysedDiagnostic } from '../analyse/waivers.ts';
import type { TableScorer } from '../compare/attribute-schemes.ts';
import { compareColumns, type Movements, type Side } from '../compare/movements.ts';
import { findSegments } from '../compare/segments.ts';
import type { DiffOptions } from '../revise/diff.ts';
import { schemeHash } from '../scheme/hash.ts';
import type { SchemeDocument } from '../scheme/document.ts';
import { prepareScheme } from '../score/prepare.ts';
import type { RuleEvaluator } from '../score/score-row.ts';
import { Cancelled, scoreTable } from '../score/score-table.ts';
import { tableHash } from '../table/hash.ts';
import type { Table } from '../table/table.ts';
import { ENGINE_VERSION } from '../version.ts';
import { checksOf, type Guardrails } from './checks.ts';
import { moversOf, type Movers } from './movers.ts';
import { countSubjects, planReplay } from './plan.ts';
import { checkByReference } from './reference-check.ts';
import type { ReplayReport } from './report.ts';
import { coverageOf, distributionOf, groupsOf, migrationOf, summaryOf } from './summary.ts';

/** What scores the tables: the interpreter unless a faster one is brought. */
export interface ReplayEngine {
	readonly backend: string;
	readonly score: TableScorer;
}

export const REPLAY_PHASES = ['baseline', 'draft', 'compare', 'attribute', 'check'] as const;
export type ReplayPhase = (typeof REPLAY_PHASES)[number];

export interface ReplayProgress {
	readonly phase: ReplayPhase;
	/** Of the whole run, 0 to 1. */
	readonly share: number;
}

export interface ReplayInput {
	readonly draft: SchemeDocument;
	readonly baseline?: SchemeDocument | null;
	readonly table: Table;
	/** `2025-01..2025-12`, or ids of periods; all that the table has if left out. */
	readonly periods?: string | readonly string[];
	readonly engine?: ReplayEngine;
	/** Evaluates a sample of rows a second time, e.g. `evaluateByReference`. */
	readonly reference?: RuleEvaluator;
	readonly referenceRows?: number;
	/** How many of the largest changes are explained: 50, or fewer where speed counts (a preview). */
	readonly movers?: number;
	readonly guardrails?: Guardrails;
	/** Names of metrics and variables, for the sentences of the edits. */
	readonly words?: DiffOptions;
	/** Findings of the static checker on the draft. */
	readonly findings?: readonly AnalysedDiagnostic[];
	/** What the draft needs of the data, for the report. */
	readonly needs?: readonly SuppliedNeed[];
	/** Hash of the dataset where the caller knows it; else it is computed from the rows. */
	readonly datasetHash?: string;
	readonly onProgress?: (progress: ReplayProgress) => void;
	readonly isCancelled?: () => boolean;
}

/** Thrown when a replay cannot be planned; carries why. */
export class ReplayRefused extends Error {
	readonly diagnostics: readonly Diagnostic[];

	constructor(diagnostics: readonly Diagnostic[]) {
		super(diagnostics.map(({ message }) => message.en).join(' '));
		this.name = 'ReplayRefused';
		this.diagnostics = diagnostics;
	}
}

/** Share of the run that is done when each phase begins, and when the last one ends. */
const PHASE_STARTS: Readonly<Record<ReplayPhase, number>> = {
	baseline: 0,
	draft: 0.35,
	compare: 0.7,
	attribute: 0.75,
	check: 0.95
};

const INTERPRETER: ReplayEngine = { backend: 'interpreter', score: scoreTable };

/** Replays a draft over history, against a baseline or against nothing. */
export function runReplay(input: ReplayInput): ReplayReport {
	const { draft, baseline = null, engine = INTERPRETER } = input;
	const planning = planReplay(input);
	if (!planning.plan || !planning.table) throw new ReplayRefused(planning.diagnostics);
	const { plan, table } = planning;

	const baselineSide = baseline
		? scoreSide(baseline, table, false, engine, phaseOf(input, 'baseline', 'draft'))
		: null;
	const draftSide = scoreSide(draft, table, true, engine, phaseOf(input, 'draft', 'compare'));
	phaseOf(input, 'compare', 'attribute').onProgress(0, 1);
	const moves = compareColumns(draftSide, baselineSide);
	const movers =
		baseline && baselineSide
			? moversOf({
					table,
					draft: draftSide,
					baseline: baselineSide,
					moves,
					documents: { draft, baseline },
					...(input.movers === undefined ? {} : { most: input.movers }),
					...(input.words ? { words: input.words } : {}),
					...phaseOf(input, 'attribute', 'check')
				})
			: NO_MOVERS;
	phaseOf(input, 'check', null).onProgress(0, 1);

	const figures = figuresOf(table, draftSide, baselineSide, moves);
	const reference = input.reference
		? checkByReference(draftSide, table, input.reference, {
				preview: true,
				...(input.referenceRows === undefined ? {} : { rows: input.referenceRows })
			})
		: { sampled: 0, mismatches: 0 };
	const described = {
		draft: { id: draft.id, hash: schemeHash(draft) },
		baseline: baseline ? { id: baseline.id, hash: schemeHash(baseline) } : null,
		dataset: {
			hash: input.datasetHash ?? tableHash(table),
			rows: plan.rows,
			subjects: countSubjects(table),
			periods: plan.periods
		},
		engine: { version: ENGINE_VERSION, backend: engine.backend },
		...figures,
		movers: movers.movers,
		reference_check: { engine: 'json-logic-js' as const, ...reference }
	};
	const checks = checksOf({
		prepared: draftSide.prepared,
		columns: draftSide.columns,
		report: described,
		...(input.guardrails ? { guardrails: input.guardrails } : {}),
		...(input.findings ? { findings: input.findings } : {})
	});
	stopIfCancelled(input);
	input.onProgress?.({ phase: 'check', share: 1 });
	const { reference_check, ...shown } = described;
	return {
		...shown,
		checks,
		reference_check,
		edits: movers.groups.map(({ id, sentence }) => ({ edit: id, sentence })),
		segments: baselineSide ? findSegments(table, moves) : [],
		attribution: movers.attribution,
		currency: draft.payout?.currency ?? baseline?.payout?.currency ?? null,
		...(input.findings ? { findings: input.findings } : {}),
		...(input.needs ? { data_needs: input.needs } : {})
	};
}

const NO_MOVERS: Movers = { movers: [], groups: [], attribution: null };

function figuresOf(
	table: Table,
	draft: Side,
	baseline: Side | null,
	moves: Movements
): Pick<ReplayReport, 'coverage' | 'summary' | 'grades' | 'distribution' | 'groups'> {
	return {
		coverage: coverageOf(table, draft.columns),
		summary: summaryOf(draft, baseline, moves),
		grades: migrationOf(moves),
		distribution: distributionOf(draft, baseline),
		groups: groupsOf(table, moves)
	};
}

interface PhaseCallbacks {
	readonly onProgress: (done: number, total: number) => void;
	readonly isCancelled: () => boolean;
}

/** Progress of a phase as a share of the whole run; a cancelled run stops at the next report. */
function phaseOf(input: ReplayInput, phase: ReplayPhase, next: ReplayPhase | null): PhaseCallbacks {
	const from = PHASE_STARTS[phase];
	const to = next ? PHASE_STARTS[next] : 1;
	return {
		onProgress: (done, total) => {
			stopIfCancelled(input);
			input.onProgress?.({ phase, share: from + (to - from) * (total === 0 ? 1 : done / total) });
		},
		isCancelled: () => input.isCancelled?.() ?? false
	};
}

function stopIfCancelled(input: ReplayInput): void {
	if (input.isCancelled?.()) throw new Cancelled();
}

function scoreSide(
	document: SchemeDocument,
	table: Table,
	preview: boolean,
	engine: ReplayEngine,
	callbacks: PhaseCallbacks
): Side {
	const prepared = prepareScheme(document);
	callbacks.onProgress(0, 1);
	return { prepared, columns: engine.score(prepared, table, { preview, ...callbacks }) };
}
