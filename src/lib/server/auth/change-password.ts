import { eq } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { momentOf } from '../clock.ts';
import type { ControlContext } from '../context.ts';
import { users } from '../db/control/schema.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { SignInLimiter } from './limiter.ts';
import { requireManagerOfUser, type Manager } from './managers.ts';
import { assertPassword, hashPassword, verifyPassword } from './passwords.ts';
import { authProblems } from './problems.ts';
import {
	createSession,
	endAllSessions,
	type SessionLimits,
	type SignedInUser
} from './sessions.ts';

export interface ChangePassword {
	readonly current: string;
	readonly next: string;
	readonly address: string;
	readonly userAgent: string | null;
}

const limiter = new SignInLimiter();

/**
 * Changes one's own password. Every session ends, the current one included, and a new one begins:
 * whoever knew the old password or holds a stolen token is out. Returns the new token.
 */
export async function changePassword(
	ctx: ControlContext,
	limits: SessionLimits,
	user: Pick<SignedInUser, 'id' | 'account'>,
	input: ChangePassword
): Promise<string> {
	await limiter.attempt(user.account, input.address);
	const [row] = await ctx.control.read
		.select({ hash: users.passwordHash })
		.from(users)
		.where(eq(users.id, user.id));
	if (!(await verifyPassword(row?.hash ?? null, input.current))) {
		throw refuse(authProblems, 'wrong_credentials');
	}
	assertPassword(input.next);
	const passwordHash = await hashPassword(input.next);
	return ctx.control.write(async (tx) => {
		await storePassword(tx, ctx, user.id, passwordHash, false);
		await recordEvent(
			tx,
			ctx,
			{ userId: user.id },
			{
				type: 'password_changed',
				user: user.id,
				by_self: true
			}
		);
		return createSession(tx, ctx, limits, { userId: user.id, userAgent: input.userAgent });
	});
}

/** Gives a user a password that they have to change at the next sign-in; their sessions end. */
export async function resetPassword(
	ctx: ControlContext,
	manager: Manager,
	input: { readonly userId: string; readonly password: string }
): Promise<void> {
	assertPassword(input.password);
	const passwordHash = await hashPassword(input.password);
	await ctx.control.write(async (tx) => {
		const [user] = await tx
			.select({ id: users.id, operator: users.operator })
			.from(users)
			.where(eq(users.id, input.userId));
		if (!user) throw refuse(commonProblems, 'not_found');
		await requireManagerOfUser(tx, manager, user);
		await storePassword(tx, ctx, user.id, passwordHash, true);
		await recordEvent(tx, ctx, manager, {
			type: 'password_changed',
			user: user.id,
			by_self: false
		});
	});
}

async function storePassword(
	tx: Tx,
	ctx: ControlContext,
	userId: string,
	passwordHash: string,
	mustChangePassword: boolean
): Promise<void> {
	await tx
		.update(users)
		.set({ passwordHash, mustChangePassword, passwordChangedAt: momentOf(ctx.clock) })
		.where(eq(users.id, userId));
	await endAllSessions(tx, userId);
}
