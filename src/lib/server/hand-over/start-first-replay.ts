import { and, desc, eq, isNull } from 'drizzle-orm';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { drafts } from '../db/client/schema.ts';
import { startReplay, type StartedReplay } from '../replays/start-replay.ts';
import { createDraft } from '../schemes/create-draft.ts';

/**
 * Replays a template of a pack over the history that was just brought in, as a draft: the one that
 * is open of this scheme, or a new one. What is seen here is what the designer goes on with.
 */
export async function startFirstReplay(
	ctx: Context,
	actor: Actor,
	input: { readonly template: string }
): Promise<StartedReplay> {
	admitActor(ctx, actor, 'replay.run');
	const [open] = await ctx.db.read
		.select({ id: drafts.id, revision: drafts.revision })
		.from(drafts)
		.where(and(eq(drafts.schemeId, input.template), isNull(drafts.closedAt)))
		.orderBy(desc(drafts.updatedAt))
		.limit(1);
	const draft =
		open ?? (await createDraft(ctx, actor, { kind: 'template', templateId: input.template }));
	return startReplay(ctx, actor, { draftId: draft.id, revision: draft.revision });
}
