import type { PeriodRange } from '#lib/contract/base.ts';
import type { Diagnostic, LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import { verdictOf } from '#lib/engine/replay/verdict.ts';
import { admitActor, hasPermission } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { readOpenDraft } from '../schemes/read.ts';
import { readSettings } from '../settings/client-settings.ts';
import { takeSnapshot } from '../snapshots/take-snapshot.ts';
import { previewHost } from './preview-host.ts';
import { withoutPay } from './project-report.ts';
import { defaultRange, guardrailsOf, periodsOfRange, readSides } from './sides.ts';

export interface LivePreview {
	readonly draftId: string;
	/** The document in the editor, saved or not. */
	readonly document: unknown;
	readonly range?: PeriodRange;
}

export interface PreviewResult {
	/** Of the document that was scored: a result for an older one is dropped by the editor. */
	readonly documentHash: string;
	readonly range: PeriodRange;
	readonly report: ReplayReport;
	readonly verdict: LocalText;
	readonly findings: readonly Diagnostic[];
}

/** A preview shows agreement with the witness as well, on a few rows. */
const REFERENCE_ROWS = 8;
/** Explaining a change costs more than scoring everybody, so a preview explains the largest few. */
const MOVERS = 10;

/**
 * Scores the document in the editor over the last year and compares it with the version it is
 * based on. Stores nothing. Weights that miss 100 are scaled, and the report says so.
 */
export async function livePreview(
	ctx: Context,
	actor: Actor,
	input: LivePreview
): Promise<PreviewResult> {
	admitActor(ctx, actor, 'draft.edit', 'draft.read');
	const turn = previewHost.takeTurn();
	const draft = await readOpenDraft(ctx.db.read, input.draftId);
	const settings = await readSettings(ctx.db.read);
	const sides = await readSides(ctx.db.read, draft.schemeId, input.document, draft.baseVersion);
	const { period } = sides.draft;
	const range = input.range ?? (await defaultRange(ctx.db.read, period, settings));
	const taken = await takeSnapshot(ctx, { range, length: period, paths: sides.paths });
	const report = await previewHost.report(`${ctx.clientId} ${actor.userId} ${draft.id}`, turn, {
		snapshot: taken.snapshot,
		datasetHash: taken.hash,
		draft: sides.draft,
		baseline: sides.baseline?.document ?? null,
		periods: periodsOfRange(range, period, settings),
		guardrails: guardrailsOf(settings),
		check: 'document',
		words: { metrics: sides.metrics, dictionary: sides.dictionary },
		movers: MOVERS,
		referenceRows: REFERENCE_ROWS
	});
	const shown = hasPermission(actor, 'pay.read') ? report : withoutPay(report);
	return {
		documentHash: sides.draftHash,
		range,
		report: shown,
		verdict: verdictOf(shown),
		findings: shown.findings ?? []
	};
}
