import { and, eq, inArray } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { decisions, draftRevisions, guardrailOverrides } from '../db/client/tables/schemes.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { schemeProblems } from './problems.ts';
import { readOpenDraft, readOverrides, readSubmission, type SubmissionRow } from './read.ts';
import { assertBaseCurrent } from './submit-draft.ts';

export interface DecideSubmission {
	readonly submissionId: string;
	/** The content the approver had on screen. */
	readonly draftHash: string;
	readonly verdict: 'approve' | 'return';
	/** Shown to the author; needed to return, and welcome with an approval. */
	readonly reason?: string;
	/** Codes of the exceptions the approver grants; an approval needs all that were asked for. */
	readonly grant?: readonly string[];
}

/**
 * Approves or returns a submission. Never one's own: neither what one submitted nor what one
 * edited, whatever roles one holds by now. An approval counts for the exact content that was
 * submitted, so it is refused when the draft was edited or its base moved on meanwhile.
 */
export async function decideSubmission(
	ctx: Context,
	actor: Actor,
	input: DecideSubmission
): Promise<void> {
	admitActor(ctx, actor, 'draft.decide');
	const reason = input.reason?.trim() ?? '';
	if (input.verdict === 'return' && reason === '') throw refuse(schemeProblems, 'reason_required');
	await ctx.db.write(async (tx) => {
		const { submission, decision } = await readSubmission(tx, input.submissionId);
		if (decision) {
			// The same person sending the same decision again: its first answer was lost on the way.
			if (decision.decidedBy === actor.userId && decision.verdict === input.verdict) return;
			throw refuse(schemeProblems, 'submission_over');
		}
		if (submission.withdrawnAt !== null) throw refuse(schemeProblems, 'submission_over');
		await assertNotOwn(tx, actor, submission);
		if (submission.draftHash !== input.draftHash) throw refuse(schemeProblems, 'draft_changed');
		if (input.verdict === 'approve') await assertStillSame(tx, submission);
		const decidedAt = momentOf(ctx.clock);
		if (input.verdict === 'approve') {
			await grantOverrides(tx, ctx, actor, submission.id, input.grant ?? [], decidedAt);
		}
		await tx.insert(decisions).values({
			submissionId: submission.id,
			verdict: input.verdict,
			draftHash: submission.draftHash,
			reason,
			decidedAt,
			decidedBy: actor.userId
		});
		await recordEvent(tx, ctx, actor, {
			type: 'submission_decided',
			submission: submission.id,
			verdict: input.verdict,
			draft_hash: submission.draftHash,
			submitted_by: submission.submittedBy
		});
	});
}

/** Prevents that one person is both author and approver, by any detour through roles. */
async function assertNotOwn(tx: Tx, actor: Actor, submission: SubmissionRow): Promise<void> {
	const edited = await tx
		.select({ revision: draftRevisions.revision })
		.from(draftRevisions)
		.where(
			and(eq(draftRevisions.draftId, submission.draftId), eq(draftRevisions.savedBy, actor.userId))
		)
		.limit(1);
	if (submission.submittedBy === actor.userId || edited.length > 0) {
		throw refuse(schemeProblems, 'own_submission');
	}
}

async function assertStillSame(tx: Tx, submission: SubmissionRow): Promise<void> {
	const draft = await readOpenDraft(tx, submission.draftId);
	if (draft.hash !== submission.draftHash) throw refuse(schemeProblems, 'draft_changed');
	await assertBaseCurrent(tx, draft, submission.baseVersion);
}

async function grantOverrides(
	tx: Tx,
	ctx: Context,
	actor: Actor,
	submissionId: string,
	grant: readonly string[],
	grantedAt: string
): Promise<void> {
	const asked = (await readOverrides(tx, submissionId)).map(({ checkCode }) => checkCode);
	const open = asked.filter((code) => !grant.includes(code));
	if (open.length > 0) {
		throw refuse(schemeProblems, 'overrides_not_granted', { details: { checks: open.join(', ') } });
	}
	if (asked.length === 0) return;
	admitActor(ctx, actor, 'override.grant');
	await tx
		.update(guardrailOverrides)
		.set({ grantedAt, grantedBy: actor.userId })
		.where(
			and(
				eq(guardrailOverrides.submissionId, submissionId),
				inArray(guardrailOverrides.checkCode, asked)
			)
		);
	for (const check of asked) {
		await recordEvent(tx, ctx, actor, {
			type: 'override_granted',
			submission: submissionId,
			check
		});
	}
}
