import { eq } from 'drizzle-orm';
import { versionHash } from '../../engine/scheme/hash.ts';
import { parsePeriod } from '../../engine/scheme/period.ts';
import type { SchemeDocument } from '../../engine/scheme/document.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { drafts, replays, schemes, versions } from '../db/client/tables/schemes.ts';
import { scoringRuns } from '../db/client/tables/scoring.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { schemeProblems } from '../schemes/problems.ts';
import { assertSound } from '../schemes/check-document.ts';
import { readDraft, readSubmission, type DecisionRow, type DraftRow } from '../schemes/read.ts';
import { assertBaseCurrent, assertMetricsUnchanged } from '../schemes/submit-draft.ts';
import { readSettings } from '../settings/client-settings.ts';
import { versionProblems } from './problems.ts';
import { isBefore, readVersion, type VersionRow } from './read.ts';
import { usedMetrics } from './used-metrics.ts';

export interface PublishVersion {
	readonly submissionId: string;
	/** The content that was approved, as the publisher sees it. */
	readonly draftHash: string;
	/** The version the publisher believes to be the newest. */
	readonly baseVersion: number | null;
	/** First period that the new version scores. */
	readonly effectiveFrom: string;
	readonly note?: string | null;
}

/**
 * Turns an approved draft into the next version of its scheme.
 *
 * Refused when the scheme gained a version since (`base_changed`), when the draft is not the one
 * that was approved (`publish_draft_changed`), or when a metric was redefined after the replay. All
 * of it is read again inside the transaction: two people may press Publish in the same second.
 * Publishing the same submission again gives the version it became.
 */
export async function publishVersion(
	ctx: Context,
	actor: Actor,
	input: PublishVersion
): Promise<VersionRow> {
	admitActor(ctx, actor, 'version.publish');
	const { submission } = await readSubmission(ctx.db.read, input.submissionId);
	const before = await readDraft(ctx.db.read, submission.draftId);
	const scheme = before.closedAt === null ? await assertSound(ctx.db.read, before) : null;
	return ctx.db.write(async (tx) => {
		const state = await readSubmission(tx, input.submissionId);
		const draft = await readDraft(tx, state.submission.draftId);
		const published = await publishedAs(tx, draft, input);
		if (published) return published;
		const approval = assertApproved(state.decision, state.submission.withdrawnAt);
		if (!scheme || draft.closedAt !== null) throw refuse(schemeProblems, 'draft_closed');
		if (draft.hash !== approval.draftHash || draft.hash !== input.draftHash) {
			throw refuse(versionProblems, 'publish_draft_changed');
		}
		if (draft.hash !== before.hash) throw refuse(versionProblems, 'publish_draft_changed');
		await assertBaseCurrent(tx, draft, input.baseVersion);
		await assertEffective(tx, draft, scheme, input.effectiveFrom);
		const used = await usedMetrics(tx, scheme);
		assertMetricsUnchanged(used, await replayedAt(tx, state.submission.replayId));

		const definitions = used.map(({ definition }) => definition);
		const publishedAt = momentOf(ctx.clock);
		const version: VersionRow = {
			schemeId: draft.schemeId,
			number: (draft.baseVersion ?? 0) + 1,
			document: scheme,
			metrics: definitions,
			hash: versionHash(scheme, definitions),
			documentHash: draft.hash,
			effectiveFrom: input.effectiveFrom,
			baseVersion: draft.baseVersion,
			draftId: draft.id,
			submissionId: state.submission.id,
			replayId: state.submission.replayId,
			submittedBy: state.submission.submittedBy,
			approvedBy: approval.decidedBy,
			approvedAt: approval.decidedAt,
			publishedBy: actor.userId,
			publishedAt,
			note: input.note ?? state.submission.note
		};
		await tx.insert(versions).values(version);
		await tx.update(schemes).set({ name: scheme.name }).where(eq(schemes.id, draft.schemeId));
		await tx
			.update(drafts)
			.set({
				closedAt: publishedAt,
				closedBy: actor.userId,
				closedAs: 'published',
				publishedVersion: version.number
			})
			.where(eq(drafts.id, draft.id));
		await recordEvent(tx, ctx, actor, {
			type: 'version_published',
			scheme: version.schemeId,
			number: version.number,
			hash: version.hash,
			draft_hash: draft.hash,
			base: draft.baseVersion,
			effective_from: version.effectiveFrom,
			submission: version.submissionId,
			submitted_by: version.submittedBy,
			approved_by: version.approvedBy
		});
		return version;
	});
}

/** The version this draft became already, if the request is a repeat; refuses a different wish. */
async function publishedAs(
	tx: Tx,
	draft: DraftRow,
	input: PublishVersion
): Promise<VersionRow | null> {
	if (draft.closedAs !== 'published' || draft.publishedVersion === null) return null;
	const version = await readVersion(tx, draft.schemeId, draft.publishedVersion);
	const same =
		version.submissionId === input.submissionId &&
		version.documentHash === input.draftHash &&
		version.effectiveFrom === input.effectiveFrom;
	if (same) return version;
	throw refuse(versionProblems, 'already_published', { details: { number: version.number } });
}

function assertApproved(decision: DecisionRow | null, withdrawnAt: string | null): DecisionRow {
	if (decision?.verdict === 'approve' && withdrawnAt === null) return decision;
	throw refuse(versionProblems, 'not_approved');
}

async function replayedAt(tx: Tx, replayId: string): Promise<string> {
	const [replay] = await tx
		.select({ createdAt: replays.createdAt })
		.from(replays)
		.where(eq(replays.id, replayId));
	if (!replay) throw refuse(schemeProblems, 'replay_missing');
	return replay.createdAt;
}

/** A version scores from its period on; what people were already told stays as it is. */
async function assertEffective(
	tx: Tx,
	draft: DraftRow,
	scheme: SchemeDocument,
	periodId: string
): Promise<void> {
	const from = parsePeriod(periodId);
	if (from?.length !== scheme.period) {
		throw refuse(versionProblems, 'period_not_allowed', {
			details: { period: periodId, length: scheme.period }
		});
	}
	const { fiscalMonth } = await readSettings(tx);
	if (draft.baseVersion !== null) {
		const previous = await readVersion(tx, draft.schemeId, draft.baseVersion);
		const previousFrom = parsePeriod(previous.effectiveFrom);
		if (previousFrom && isBefore(from, previousFrom, fiscalMonth)) {
			throw refuse(versionProblems, 'effective_before_previous', {
				details: { previous: previous.effectiveFrom }
			});
		}
	}
	const runs = await tx
		.select({
			period: scoringRuns.period,
			versions: scoringRuns.versions,
			releasedAt: scoringRuns.releasedAt
		})
		.from(scoringRuns);
	for (const run of runs) {
		const period = parsePeriod(run.period);
		const told = run.releasedAt !== null && run.versions.some((v) => v.scheme === draft.schemeId);
		if (told && period && !isBefore(period, from, fiscalMonth)) {
			throw refuse(versionProblems, 'period_already_released', { details: { period: run.period } });
		}
	}
}
