/** Reading who may act where. */
import { and, asc, eq, gt, isNull, or } from 'drizzle-orm';
import type { LocalText } from '../../engine/diagnostics/diagnostic.ts';
import { momentOf } from '../clock.ts';
import type { Actor, ControlContext } from '../context.ts';
import { clients, memberships, users } from '../db/control/schema.ts';
import { requireManagerOf, type Manager } from './managers.ts';
import type { Role } from './roles.ts';

function inForce(now: string) {
	return and(
		isNull(memberships.revokedAt),
		or(isNull(memberships.endsAt), gt(memberships.endsAt, now)),
		isNull(clients.archivedAt)
	);
}

/**
 * Who a user is at a client, read anew for every request, so that a change of rights counts from
 * the next one on. Null when they have nothing to do there, and when the client does not exist:
 * the two must look the same from outside.
 */
export async function findActor(
	ctx: ControlContext,
	user: { readonly id: string; readonly name: string },
	clientId: string
): Promise<Actor | null> {
	const [row] = await ctx.control.read
		.select({
			roles: memberships.roles,
			employeeId: memberships.employeeId,
			unitId: memberships.unitId
		})
		.from(memberships)
		.innerJoin(clients, eq(clients.id, memberships.clientId))
		.where(
			and(
				eq(memberships.userId, user.id),
				eq(memberships.clientId, clientId),
				inForce(momentOf(ctx.clock))
			)
		);
	return row ? { userId: user.id, name: user.name, clientId, ...row } : null;
}

/** A client as its people see it in the list. */
export interface ClientSummary {
	readonly id: string;
	readonly name: LocalText;
	readonly roles: readonly Role[];
}

/** The clients at which a user may do something. */
export async function findClientsOf(
	ctx: ControlContext,
	user: { readonly id: string }
): Promise<readonly ClientSummary[]> {
	return ctx.control.read
		.select({ id: clients.id, name: clients.name, roles: memberships.roles })
		.from(memberships)
		.innerJoin(clients, eq(clients.id, memberships.clientId))
		.where(and(eq(memberships.userId, user.id), inForce(momentOf(ctx.clock))))
		.orderBy(asc(clients.id));
}

/** Somebody with access to a client, as far as colleagues need to know them. */
export interface MemberName {
	readonly userId: string;
	readonly name: string;
	readonly roles: readonly Role[];
}

/** Everybody who may act at a client now, by name. For use cases that have checked who asks. */
export async function loadMembers(
	ctx: ControlContext,
	clientId: string
): Promise<readonly MemberName[]> {
	return ctx.control.read
		.select({ userId: users.id, name: users.name, roles: memberships.roles })
		.from(memberships)
		.innerJoin(clients, eq(clients.id, memberships.clientId))
		.innerJoin(users, eq(users.id, memberships.userId))
		.where(
			and(
				eq(memberships.clientId, clientId),
				isNull(users.disabledAt),
				inForce(momentOf(ctx.clock))
			)
		)
		.orderBy(asc(users.name));
}

/** A person with access to a client, as its administrator sees them. */
export interface Member {
	readonly userId: string;
	readonly account: string;
	readonly name: string;
	readonly roles: readonly Role[];
	readonly employeeId: string | null;
	readonly unitId: string | null;
	readonly endsAt: string | null;
	readonly disabledAt: string | null;
}

/** Everybody with access to a client. */
export async function findMembers(
	ctx: ControlContext,
	manager: Manager,
	clientId: string
): Promise<readonly Member[]> {
	requireManagerOf(manager, clientId);
	return ctx.control.read
		.select({
			userId: users.id,
			account: users.account,
			name: users.name,
			roles: memberships.roles,
			employeeId: memberships.employeeId,
			unitId: memberships.unitId,
			endsAt: memberships.endsAt,
			disabledAt: users.disabledAt
		})
		.from(memberships)
		.innerJoin(users, eq(users.id, memberships.userId))
		.where(and(eq(memberships.clientId, clientId), isNull(memberships.revokedAt)))
		.orderBy(asc(users.account));
}

/** The names of users by id, for pages that say who did something. */
export async function findUserNames(ctx: ControlContext): Promise<ReadonlyMap<string, string>> {
	const rows = await ctx.control.read.select({ id: users.id, name: users.name }).from(users);
	return new Map(rows.map(({ id, name }) => [id, name]));
}
