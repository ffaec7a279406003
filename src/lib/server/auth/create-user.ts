import { eq } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { momentOf } from '../clock.ts';
import type { ControlContext } from '../context.ts';
import { users } from '../db/control/schema.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { hasPermission } from './permissions.ts';
import { assertPassword, hashPassword } from './passwords.ts';
import type { Manager } from './managers.ts';
import { authProblems } from './problems.ts';
import { parseAccount } from './accounts.ts';

export interface CreateUser {
	readonly account: string;
	readonly name: string;
	readonly password: string;
	readonly locale?: string | null;
	readonly operator?: boolean;
	readonly demo?: boolean;
	/** Ask for a password of their own at the first sign-in. */
	readonly mustChangePassword?: boolean;
}

/** Makes an account without any rights; `grantMembership` gives it some. Returns its id. */
export async function createUser(
	ctx: ControlContext,
	manager: Manager,
	input: CreateUser
): Promise<string> {
	const may = manager.operator || (!input.operator && hasPermission(manager, 'account.manage'));
	if (!may) throw refuse(commonProblems, 'not_allowed');
	const account = parseAccount(input.account);
	assertPassword(input.password);
	const passwordHash = await hashPassword(input.password);
	return ctx.control.write(async (tx) => {
		const taken = await tx.select({ id: users.id }).from(users).where(eq(users.account, account));
		if (taken.length > 0) throw refuse(authProblems, 'account_taken');
		const id = ctx.ids.make();
		const now = momentOf(ctx.clock);
		await tx.insert(users).values({
			id,
			account,
			name: input.name.trim() || account,
			passwordHash,
			locale: input.locale ?? null,
			operator: input.operator ?? false,
			demo: input.demo ?? false,
			mustChangePassword: input.mustChangePassword ?? false,
			createdAt: now,
			passwordChangedAt: now
		});
		await recordEvent(tx, ctx, manager, { type: 'user_created', user: id });
		return id;
	});
}
