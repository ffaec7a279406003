import { and, eq, isNull } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { momentOf } from '../clock.ts';
import type { ControlContext } from '../context.ts';
import { clients, memberships, users } from '../db/control/schema.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { requireManagerOf, type Manager } from './managers.ts';
import type { Role } from './roles.ts';
import { endAllSessions } from './sessions.ts';

export interface GrantMembership {
	readonly userId: string;
	readonly clientId: string;
	readonly roles: readonly Role[];
	readonly employeeId?: string | null;
	readonly unitId?: string | null;
	/** Last moment of an assignment. */
	readonly endsAt?: string | null;
}

/**
 * Gives a user these roles at a client in place of those they had there. Where rights change, all
 * sessions of the user end: what was opened with the old rights must not live on.
 */
export async function grantMembership(
	ctx: ControlContext,
	manager: Manager,
	input: GrantMembership
): Promise<void> {
	requireManagerOf(manager, input.clientId);
	await ctx.control.write(async (tx) => {
		const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.id, input.userId));
		const [client] = await tx
			.select({ id: clients.id })
			.from(clients)
			.where(and(eq(clients.id, input.clientId), isNull(clients.archivedAt)));
		if (!user || !client) throw refuse(commonProblems, 'not_found');
		const row = {
			roles: [...new Set(input.roles)],
			employeeId: input.employeeId ?? null,
			unitId: input.unitId ?? null,
			endsAt: input.endsAt ?? null,
			revokedAt: null
		};
		const changed = await tx
			.update(memberships)
			.set(row)
			.where(and(eq(memberships.userId, input.userId), eq(memberships.clientId, input.clientId)))
			.returning({ userId: memberships.userId });
		if (changed.length > 0) {
			await endAllSessions(tx, input.userId);
		} else {
			await tx.insert(memberships).values({
				...row,
				userId: input.userId,
				clientId: input.clientId,
				createdAt: momentOf(ctx.clock),
				createdBy: manager.userId
			});
		}
		await recordEvent(tx, ctx, manager, {
			type: 'membership_granted',
			user: input.userId,
			client: input.clientId,
			roles: row.roles,
			ends_at: row.endsAt
		});
	});
}

/** Takes all rights at a client from a user; their sessions end. Repeating it changes nothing. */
export async function revokeMembership(
	ctx: ControlContext,
	manager: Manager,
	input: { readonly userId: string; readonly clientId: string }
): Promise<void> {
	requireManagerOf(manager, input.clientId);
	await ctx.control.write(async (tx) => {
		const revoked = await tx
			.update(memberships)
			.set({ revokedAt: momentOf(ctx.clock) })
			.where(
				and(
					eq(memberships.userId, input.userId),
					eq(memberships.clientId, input.clientId),
					isNull(memberships.revokedAt)
				)
			)
			.returning({ userId: memberships.userId });
		if (revoked.length === 0) return;
		await endAllSessions(tx, input.userId);
		await recordEvent(tx, ctx, manager, {
			type: 'membership_revoked',
			user: input.userId,
			client: input.clientId
		});
	});
}
