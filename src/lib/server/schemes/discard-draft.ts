import { eq } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { drafts } from '../db/client/tables/schemes.ts';
import { refuse } from '../http/problem.ts';
import { schemeProblems } from './problems.ts';
import { readDraft } from './read.ts';
import { withdrawOpenSubmission } from './withdraw-submission.ts';

/**
 * Closes a draft without publishing it. Its revisions stay; what waits for approval is withdrawn.
 * Discarding it twice changes nothing.
 */
export async function discardDraft(ctx: Context, actor: Actor, draftId: string): Promise<void> {
	admitActor(ctx, actor, 'draft.edit');
	await ctx.db.write(async (tx) => {
		const draft = await readDraft(tx, draftId);
		if (draft.closedAs === 'discarded') return;
		if (draft.closedAt !== null) throw refuse(schemeProblems, 'draft_closed');
		await withdrawOpenSubmission(tx, ctx, actor, draftId);
		await tx
			.update(drafts)
			.set({ closedAt: momentOf(ctx.clock), closedBy: actor.userId, closedAs: 'discarded' })
			.where(eq(drafts.id, draftId));
		await recordEvent(tx, ctx, actor, { type: 'draft_discarded', draft: draftId });
	});
}
