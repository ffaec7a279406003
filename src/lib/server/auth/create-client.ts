import { eq } from 'drizzle-orm';
import type { LocalText } from '../../engine/diagnostics/diagnostic.ts';
import { recordEvent } from '../audit/record-event.ts';
import { momentOf } from '../clock.ts';
import type { ControlContext } from '../context.ts';
import { clients, memberships } from '../db/control/schema.ts';
import { CLIENT_ID } from '../db/client-path.ts';
import { refuse } from '../http/problem.ts';
import { requireOperator, SYSTEM_MANAGER, type Manager } from './managers.ts';
import { authProblems } from './problems.ts';

export interface CreateClient {
	/** A short word; it stands in addresses and names the database file. */
	readonly id: string;
	readonly name: LocalText;
	readonly demo?: boolean;
}

/**
 * Registers a customer company. Its database is made when it is first opened. Whoever makes it
 * administers it, because otherwise nobody could let the others in.
 */
export async function createClient(
	ctx: ControlContext,
	manager: Manager,
	input: CreateClient
): Promise<void> {
	requireOperator(manager);
	if (!CLIENT_ID.test(input.id)) throw refuse(authProblems, 'client_id_not_allowed');
	await ctx.control.write(async (tx) => {
		const taken = await tx.select({ id: clients.id }).from(clients).where(eq(clients.id, input.id));
		if (taken.length > 0) throw refuse(authProblems, 'client_taken');
		const made = { createdAt: momentOf(ctx.clock), createdBy: manager.userId };
		await tx
			.insert(clients)
			.values({ id: input.id, name: input.name, demo: input.demo ?? false, ...made });
		await recordEvent(tx, ctx, manager, { type: 'client_created', client: input.id });
		if (manager.userId === SYSTEM_MANAGER.userId) return;
		await tx.insert(memberships).values({
			...made,
			userId: manager.userId,
			clientId: input.id,
			roles: ['administrator'],
			employeeId: null,
			unitId: null,
			endsAt: null,
			revokedAt: null
		});
		await recordEvent(tx, ctx, manager, {
			type: 'membership_granted',
			user: manager.userId,
			client: input.id,
			roles: ['administrator'],
			ends_at: null
		});
	});
}
