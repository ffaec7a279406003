import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type { LocalText } from '../../engine/diagnostics/diagnostic.ts';
import { recordEvent } from '../audit/record-event.ts';
import { momentOf } from '../clock.ts';
import type { ControlContext } from '../context.ts';
import { clients, memberships } from '../db/control/schema.ts';
import { CLIENT_ID } from '../db/client-path.ts';
import { commonProblems } from '../http/problems.ts';
import { refuse } from '../http/problem.ts';
import { SYSTEM_MANAGER, type Manager } from './managers.ts';
import { authProblems } from './problems.ts';
import { proposeClientId } from './propose-client-id.ts';

export interface CreateClient {
	/** A short word; it stands in addresses and names the database file. Made from the name if left out. */
	readonly id?: string;
	readonly name: LocalText;
	readonly demo?: boolean;
	/** Whoever makes it sets it up too: packs, imports and replays are theirs as well. */
	readonly setsUp?: boolean;
}

/** Pages of their own under the address of clients. */
const TAKEN_BY_PAGES = ['new'];

/**
 * Whether somebody may make clients: operators of the instance, and people who set up another
 * client at present.
 */
export async function mayCreateClient(
	ctx: ControlContext,
	manager: Pick<Manager, 'userId' | 'operator'>
): Promise<boolean> {
	if (manager.operator) return true;
	const rows = await ctx.control.read
		.select({ roles: memberships.roles })
		.from(memberships)
		.innerJoin(clients, eq(clients.id, memberships.clientId))
		.where(
			and(
				eq(memberships.userId, manager.userId),
				isNull(memberships.revokedAt),
				isNull(clients.archivedAt),
				or(isNull(memberships.endsAt), gt(memberships.endsAt, momentOf(ctx.clock)))
			)
		);
	return rows.some(({ roles }) => roles.includes('implementer'));
}

/**
 * Registers a customer company and answers with its id. Its database is made when it is first
 * opened. Whoever makes it administers it, because otherwise nobody could let the others in.
 */
export async function createClient(
	ctx: ControlContext,
	manager: Manager,
	input: CreateClient
): Promise<string> {
	if (!(await mayCreateClient(ctx, manager))) {
		throw refuse(commonProblems, 'not_allowed', { details: { permission: 'operator' } });
	}
	if (input.id !== undefined && (!CLIENT_ID.test(input.id) || TAKEN_BY_PAGES.includes(input.id))) {
		throw refuse(authProblems, 'client_id_not_allowed');
	}
	const proposed = input.id ?? proposeClientId(input.name);
	return ctx.control.write(async (tx) => {
		const known = await tx.select({ id: clients.id }).from(clients);
		const taken = new Set([...TAKEN_BY_PAGES, ...known.map(({ id }) => id)]);
		if (input.id !== undefined && taken.has(input.id)) throw refuse(authProblems, 'client_taken');
		const id = firstFree(proposed, taken);
		const made = { createdAt: momentOf(ctx.clock), createdBy: manager.userId };
		await tx.insert(clients).values({ id, name: input.name, demo: input.demo ?? false, ...made });
		await recordEvent(tx, ctx, manager, { type: 'client_created', client: id });
		if (manager.userId === SYSTEM_MANAGER.userId) return id;
		const roles = input.setsUp
			? (['administrator', 'implementer'] as const)
			: (['administrator'] as const);
		await tx.insert(memberships).values({
			...made,
			userId: manager.userId,
			clientId: id,
			roles: [...roles],
			employeeId: null,
			unitId: null,
			endsAt: null,
			revokedAt: null
		});
		await recordEvent(tx, ctx, manager, {
			type: 'membership_granted',
			user: manager.userId,
			client: id,
			roles: [...roles],
			ends_at: null
		});
		return id;
	});
}

function firstFree(wanted: string, taken: ReadonlySet<string>): string {
	let id = wanted;
	for (let number = 2; taken.has(id); number += 1) id = `${wanted}-${number}`;
	return id;
}
