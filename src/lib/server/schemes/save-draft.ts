import { and, eq } from 'drizzle-orm';
import type { Json, JsonObject } from '../../engine/logic/rule.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { draftRevisions, drafts } from '../db/client/tables/schemes.ts';
import { refuse } from '../http/problem.ts';
import { readDraftDocument } from './document.ts';
import { schemeProblems } from './problems.ts';
import { latestVersionOf, readOpenDraft } from './read.ts';

export interface SaveDraft {
	readonly draftId: string;
	/** The revision the editor saw; a newer one is a conflict. */
	readonly revision: number;
	readonly document: Json;
	/** Moves the draft's base to the newest version, whose changes were merged into `document`. */
	readonly baseVersion?: number;
}

export interface SavedDraft {
	readonly revision: number;
	readonly hash: string;
	readonly savedAt: string;
}

/** What a stale save is told: the draft as it is now, to merge with. */
export interface CurrentDraft {
	readonly revision: number;
	readonly document: JsonObject;
	readonly hash: string;
	readonly savedBy: string;
	readonly savedAt: string;
}

/**
 * Saves a revision. A save that quotes an older revision is refused with the current one, so that
 * nobody's work is overwritten unseen. Sending the same content again changes nothing and is
 * answered like the first time: an answer that was lost on the way does no harm.
 */
export async function saveDraft(ctx: Context, actor: Actor, input: SaveDraft): Promise<SavedDraft> {
	admitActor(ctx, actor, 'draft.edit');
	const { document, hash, text } = readDraftDocument(input.document);
	return ctx.db.write(async (tx) => {
		const draft = await readOpenDraft(tx, input.draftId);
		const rebased = input.baseVersion !== undefined && input.baseVersion !== draft.baseVersion;
		if (JSON.stringify(draft.document) === text && !rebased) {
			return { revision: draft.revision, hash: draft.hash, savedAt: draft.updatedAt };
		}
		if (draft.revision !== input.revision) {
			const current: CurrentDraft = {
				revision: draft.revision,
				document: draft.document,
				hash: draft.hash,
				savedBy: draft.updatedBy,
				savedAt: draft.updatedAt
			};
			throw refuse(schemeProblems, 'draft_stale', {
				details: { seen: input.revision, current: draft.revision },
				current
			});
		}
		const latest = await latestVersionOf(tx, draft.schemeId);
		if (rebased && input.baseVersion !== latest) {
			throw refuse(schemeProblems, 'base_changed', {
				details: { base: input.baseVersion ?? null, current: latest }
			});
		}
		const revision = draft.revision + 1;
		const savedAt = momentOf(ctx.clock);
		const baseVersion = rebased ? (input.baseVersion ?? null) : draft.baseVersion;
		await tx
			.update(drafts)
			.set({ document, hash, revision, baseVersion, updatedAt: savedAt, updatedBy: actor.userId })
			.where(and(eq(drafts.id, draft.id), eq(drafts.revision, draft.revision)));
		await tx.insert(draftRevisions).values({
			draftId: draft.id,
			revision,
			document,
			hash,
			savedAt,
			savedBy: actor.userId
		});
		await recordEvent(
			tx,
			ctx,
			actor,
			rebased
				? { type: 'draft_rebased', draft: draft.id, base: baseVersion, revision, hash }
				: { type: 'draft_saved', draft: draft.id, revision, hash }
		);
		return { revision, hash, savedAt };
	});
}
