import { eq } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { guardrailOverrides, replays, submissions } from '../db/client/tables/schemes.ts';
import type { Queries, Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { usedMetrics } from '../versions/used-metrics.ts';
import { assertSound } from './check-document.ts';
import { schemeProblems } from './problems.ts';
import { latestVersionOf, readNewestSubmission, readOpenDraft, type DraftRow } from './read.ts';
import { withdrawOpenSubmission } from './withdraw-submission.ts';

export interface SubmitDraft {
	readonly draftId: string;
	/** The content the author had on screen. */
	readonly draftHash: string;
	/** The replay the submission rests on. */
	readonly replayId: string;
	/** The version the author compared with. */
	readonly baseVersion: number | null;
	readonly note?: string | null;
	/** Guardrails the replay fails and the author asks to pass nevertheless, with reasons. */
	readonly overrides?: readonly { readonly check: string; readonly reason: string }[];
}

export interface Submitted {
	readonly id: string;
	readonly submittedAt: string;
}

type ReplayRow = typeof replays.$inferSelect;

/**
 * Asks for approval of exactly this content, naming the replay it rests on and the version it was
 * compared with. The checker runs before the transaction, on the content that was quoted; whether
 * that is still the content is looked at inside, because others may save meanwhile.
 */
export async function submitDraft(
	ctx: Context,
	actor: Actor,
	input: SubmitDraft
): Promise<Submitted> {
	admitActor(ctx, actor, 'draft.submit');
	const before = await readOpenDraft(ctx.db.read, input.draftId);
	assertQuoted(before, input);
	const scheme = await assertSound(ctx.db.read, before);
	if (scheme.id !== before.schemeId) {
		throw refuse(schemeProblems, 'draft_other_scheme', {
			details: { found: scheme.id, scheme: before.schemeId }
		});
	}
	return ctx.db.write(async (tx) => {
		const draft = await readOpenDraft(tx, input.draftId);
		assertQuoted(draft, input);
		await assertBaseCurrent(tx, draft, input.baseVersion);
		const replay = await readReplay(tx, draft, input.replayId);
		const used = await usedMetrics(tx, scheme);
		assertMetricsUnchanged(used, replay.createdAt);
		const overrides = neededOverrides(replay, input.overrides ?? []);

		const newest = await readNewestSubmission(tx, draft.id);
		if (newest && !newest.decision && newest.submission.draftHash === draft.hash) {
			const same =
				newest.submission.submittedBy === actor.userId &&
				newest.submission.replayId === input.replayId;
			if (!same) throw refuse(schemeProblems, 'already_submitted');
			return { id: newest.submission.id, submittedAt: newest.submission.submittedAt };
		}
		await withdrawOpenSubmission(tx, ctx, actor, draft.id);

		const id = ctx.ids.make();
		const submittedAt = momentOf(ctx.clock);
		await tx.insert(submissions).values({
			id,
			draftId: draft.id,
			draftRevision: draft.revision,
			draftHash: draft.hash,
			replayId: replay.id,
			baseVersion: draft.baseVersion,
			note: input.note ?? null,
			submittedAt,
			submittedBy: actor.userId
		});
		await recordEvent(tx, ctx, actor, {
			type: 'draft_submitted',
			submission: id,
			draft: draft.id,
			draft_hash: draft.hash,
			replay: replay.id,
			base: draft.baseVersion
		});
		for (const { check, reason } of overrides) {
			await tx.insert(guardrailOverrides).values({
				submissionId: id,
				checkCode: check,
				reason,
				askedAt: submittedAt,
				askedBy: actor.userId
			});
			await recordEvent(tx, ctx, actor, { type: 'override_asked', submission: id, check, reason });
		}
		return { id, submittedAt };
	});
}

function assertQuoted(draft: DraftRow, input: SubmitDraft): void {
	if (draft.hash !== input.draftHash) throw refuse(schemeProblems, 'draft_changed');
}

/** Refuses when the scheme gained a version since the draft was compared with its base. */
export async function assertBaseCurrent(
	queries: Queries,
	draft: DraftRow,
	quoted: number | null
): Promise<void> {
	const current = await latestVersionOf(queries, draft.schemeId);
	if (draft.baseVersion === current && quoted === current) return;
	throw refuse(schemeProblems, 'base_changed', {
		details: { base: quoted ?? draft.baseVersion ?? 0, current: current ?? 0 }
	});
}

/** The finished replay of exactly this content, whose sample agreed with the reference. */
async function readReplay(tx: Tx, draft: DraftRow, replayId: string): Promise<ReplayRow> {
	const [replay] = await tx.select().from(replays).where(eq(replays.id, replayId));
	const fits =
		replay?.draftId === draft.id && replay.draftHash === draft.hash && replay.status === 'done';
	if (!replay || !fits) throw refuse(schemeProblems, 'replay_missing');
	const mismatches = replay.report?.reference_check.mismatches ?? 0;
	if (mismatches > 0) {
		throw refuse(schemeProblems, 'replay_mismatch', { details: { count: mismatches } });
	}
	return replay;
}

/** Refuses when a definition was changed after the moment given: the replay used the old one. */
export function assertMetricsUnchanged(
	used: Awaited<ReturnType<typeof usedMetrics>>,
	since: string
): void {
	const changed = used.filter(({ recordedAt }) => recordedAt > since);
	if (changed.length === 0) return;
	throw refuse(schemeProblems, 'metrics_changed', {
		details: { metrics: changed.map(({ definition }) => definition.id).join(', ') }
	});
}

/** The exceptions this replay makes necessary; refuses when one was not asked for with a reason. */
function neededOverrides(
	replay: ReplayRow,
	asked: readonly { readonly check: string; readonly reason: string }[]
): readonly { readonly check: string; readonly reason: string }[] {
	const failed = (replay.report?.checks ?? [])
		.filter(({ status }) => status === 'fail')
		.map(({ code }) => code);
	const reasons = new Map(asked.map(({ check, reason }) => [check, reason.trim()]));
	const open = failed.filter((code) => !reasons.get(code));
	if (open.length > 0) {
		throw refuse(schemeProblems, 'guardrail_failed', { details: { checks: open.join(', ') } });
	}
	return [...new Set(failed)].map((check) => ({ check, reason: reasons.get(check) ?? '' }));
}
