import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Role } from '../auth/roles.ts';
import type { ControlContext } from '../context.ts';
import { memberships, users } from '../db/control/schema.ts';
import { DEMO_PASSWORD } from './seed-demo.ts';

/** Somebody of the demo client, as the sign-in page offers them. */
export interface DemoPerson {
	readonly account: string;
	readonly name: string;
	readonly password: string;
	readonly roles: readonly Role[];
}

/** The demo accounts of this instance; only shown where the demo is switched on. */
export async function findDemoPeople(ctx: ControlContext): Promise<readonly DemoPerson[]> {
	const rows = await ctx.control.read
		.select({ account: users.account, name: users.name, roles: memberships.roles })
		.from(users)
		.innerJoin(memberships, eq(memberships.userId, users.id))
		.where(and(eq(users.demo, true), isNull(users.disabledAt), isNull(memberships.revokedAt)))
		.orderBy(asc(users.createdAt), asc(users.account));
	return rows.map((row) => ({ ...row, password: DEMO_PASSWORD }));
}
