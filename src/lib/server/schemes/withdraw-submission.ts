import { eq } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { submissions } from '../db/client/tables/schemes.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { schemeProblems } from './problems.ts';
import { readNewestSubmission, readSubmission } from './read.ts';

/** Takes a submission back before anybody decided. Repeating it changes nothing. */
export async function withdrawSubmission(
	ctx: Context,
	actor: Actor,
	submissionId: string
): Promise<void> {
	admitActor(ctx, actor, 'draft.submit');
	await ctx.db.write(async (tx) => {
		const { submission, decision } = await readSubmission(tx, submissionId);
		if (submission.submittedBy !== actor.userId)
			throw refuse(schemeProblems, 'not_your_submission');
		if (submission.withdrawnAt !== null) return;
		if (decision) throw refuse(schemeProblems, 'submission_over');
		await withdraw(tx, ctx, actor, submissionId);
	});
}

/** Withdraws what still waits for a decision on a draft, if anything does. */
export async function withdrawOpenSubmission(
	tx: Tx,
	ctx: Context,
	actor: Actor,
	draftId: string
): Promise<void> {
	const newest = await readNewestSubmission(tx, draftId);
	if (newest && !newest.decision) await withdraw(tx, ctx, actor, newest.submission.id);
}

async function withdraw(tx: Tx, ctx: Context, actor: Actor, submissionId: string): Promise<void> {
	await tx
		.update(submissions)
		.set({ withdrawnAt: momentOf(ctx.clock), withdrawnBy: actor.userId })
		.where(eq(submissions.id, submissionId));
	await recordEvent(tx, ctx, actor, { type: 'submission_withdrawn', submission: submissionId });
}
