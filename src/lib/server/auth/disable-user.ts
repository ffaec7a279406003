import { and, eq, isNull, ne } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { momentOf } from '../clock.ts';
import type { ControlContext } from '../context.ts';
import { users } from '../db/control/schema.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { requireManagerOfUser, type Manager } from './managers.ts';
import { authProblems } from './problems.ts';
import { endAllSessions } from './sessions.ts';

/** Locks an account; its sessions end at once. Repeating it changes nothing. */
export async function disableUser(
	ctx: ControlContext,
	manager: Manager,
	userId: string
): Promise<void> {
	await ctx.control.write(async (tx) => {
		const [user] = await tx.select().from(users).where(eq(users.id, userId));
		if (!user) throw refuse(commonProblems, 'not_found');
		await requireManagerOfUser(tx, manager, user);
		if (user.disabledAt !== null) return;
		if (user.operator) {
			const others = await tx
				.select({ id: users.id })
				.from(users)
				.where(and(eq(users.operator, true), isNull(users.disabledAt), ne(users.id, userId)))
				.limit(1);
			if (others.length === 0) throw refuse(authProblems, 'last_operator');
		}
		await tx
			.update(users)
			.set({ disabledAt: momentOf(ctx.clock) })
			.where(eq(users.id, userId));
		await endAllSessions(tx, userId);
		await recordEvent(tx, ctx, manager, { type: 'user_disabled', user: userId });
	});
}

/** Opens a locked account again. */
export async function enableUser(
	ctx: ControlContext,
	manager: Manager,
	userId: string
): Promise<void> {
	await ctx.control.write(async (tx) => {
		const [user] = await tx.select().from(users).where(eq(users.id, userId));
		if (!user) throw refuse(commonProblems, 'not_found');
		await requireManagerOfUser(tx, manager, user);
		if (user.disabledAt === null) return;
		await tx.update(users).set({ disabledAt: null }).where(eq(users.id, userId));
		await recordEvent(tx, ctx, manager, { type: 'user_enabled', user: userId });
	});
}
