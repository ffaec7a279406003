/** Accounts for tests of signing in. */
import { createClient } from '#lib/server/auth/create-client.ts';
import { createUser } from '#lib/server/auth/create-user.ts';
import { grantMembership } from '#lib/server/auth/grant-membership.ts';
import { SYSTEM_MANAGER } from '#lib/server/auth/managers.ts';
import type { Role } from '#lib/server/auth/roles.ts';
import type { ControlContext } from '#lib/server/context.ts';

export const PASSWORD = 'correct horse battery';

export const limits = { sessionIdleMinutes: 30, sessionHours: 12 };

/** A client with one person of a role; gives the person's id. */
export async function personAt(
	ctx: ControlContext,
	clientId: string,
	account: string,
	role: Role
): Promise<string> {
	await createClient(ctx, SYSTEM_MANAGER, {
		id: clientId,
		name: { 'zh-CN': clientId, en: clientId }
	}).catch((error: unknown) => {
		if (!(error instanceof Error && error.message.includes('exists'))) throw error;
	});
	const userId = await createUser(ctx, SYSTEM_MANAGER, {
		account,
		name: account,
		password: PASSWORD
	});
	await grantMembership(ctx, SYSTEM_MANAGER, { userId, clientId, roles: [role] });
	return userId;
}
