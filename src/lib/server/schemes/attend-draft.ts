import { admitActor, hasPermission } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { draftSeats, seatKey, type Attendance, type Wish } from './draft-seats.ts';
import { readDraft } from './read.ts';

export interface AttendDraft {
	readonly draftId: string;
	/** Name of one window, made up by it. */
	readonly window: string;
	readonly wish: Wish;
}

/**
 * Says that a window has the draft open, and what it wishes. Only one window at a time holds the
 * pen; who only reads never gets it. Nothing is stored: see `draft-seats.ts`.
 */
export async function attendDraft(
	ctx: Context,
	actor: Actor,
	{ draftId, window, wish }: AttendDraft
): Promise<Attendance & { readonly revision: number }> {
	admitActor(ctx, actor, 'draft.read');
	const draft = await readDraft(ctx.db.read, draftId);
	const mayEdit = hasPermission(actor, 'draft.edit') && draft.closedAt === null;
	const caller = { window, userId: actor.userId, name: actor.name, mayEdit };
	const now = ctx.clock.now().getTime();
	return {
		...draftSeats().attend(seatKey(ctx, draftId), caller, wish, now),
		revision: draft.revision
	};
}

/** Somebody else holds the pen of a draft: a page that opens begins by reading along. */
export function isHeldByOther(ctx: Context, actor: Actor, draftId: string): boolean {
	const editor = draftSeats().editorOf(seatKey(ctx, draftId), ctx.clock.now().getTime());
	return editor !== null && editor.userId !== actor.userId;
}
