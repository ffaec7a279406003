import { and, eq, isNull } from 'drizzle-orm';
import { memberships } from '../db/control/schema.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { hasPermission } from './permissions.ts';
import type { Role } from './roles.ts';

/** Whoever changes accounts: an operator of the instance, or an administrator of a client. */
export interface Manager {
	readonly userId: string;
	/** Operators manage every client. */
	readonly operator: boolean;
	/** The client in whose name they act, with their roles there. */
	readonly clientId: string | null;
	readonly roles: readonly Role[];
}

/** The hand behind the first set-up and the demo seed. */
export const SYSTEM_MANAGER: Manager = {
	userId: 'system',
	operator: true,
	clientId: null,
	roles: []
};

/** Refuses unless the manager may manage accounts at this client. */
export function requireManagerOf(manager: Manager, clientId: string): void {
	if (manager.operator) return;
	if (manager.clientId === clientId && hasPermission(manager, 'account.manage')) return;
	throw refuse(commonProblems, 'not_allowed', { details: { permission: 'account.manage' } });
}

/**
 * Refuses unless a user's account is the manager's to change. An administrator of one client may
 * not reset the password of somebody who also works at another, and so enter there; nor an
 * operator's.
 */
export async function requireManagerOfUser(
	queries: Queries,
	manager: Manager,
	user: { readonly id: string; readonly operator: boolean }
): Promise<void> {
	if (manager.operator) return;
	const rows = await queries
		.select({ clientId: memberships.clientId })
		.from(memberships)
		.where(and(eq(memberships.userId, user.id), isNull(memberships.revokedAt)));
	const here = rows.length > 0 && rows.every(({ clientId }) => clientId === manager.clientId);
	if (here && !user.operator && hasPermission(manager, 'account.manage')) return;
	throw refuse(commonProblems, 'not_found');
}
