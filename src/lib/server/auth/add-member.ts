import { eq } from 'drizzle-orm';
import type { ControlContext } from '../context.ts';
import { users } from '../db/control/schema.ts';
import { refuse } from '../http/problem.ts';
import { parseAccount } from './accounts.ts';
import { createUser } from './create-user.ts';
import { grantMembership, type GrantMembership } from './grant-membership.ts';
import { requireManagerOf, type Manager } from './managers.ts';
import { authProblems } from './problems.ts';

export interface AddMember extends Omit<GrantMembership, 'userId'> {
	readonly account: string;
	readonly name: string;
	/** The first password, told to the person by whoever adds them; they replace it at once. */
	readonly password: string;
}

/**
 * Lets a person in at a client: makes their account if there is none, and gives it these roles.
 *
 * Only an operator of the instance may add an account that exists already (an implementer who
 * works for several clients): to anybody else the answer would tell who has an account.
 */
export async function addMember(
	ctx: ControlContext,
	manager: Manager,
	input: AddMember
): Promise<string> {
	requireManagerOf(manager, input.clientId);
	if (input.roles.length === 0) throw refuse(authProblems, 'no_role');
	const account = parseAccount(input.account);
	const [known] = manager.operator
		? await ctx.control.read.select({ id: users.id }).from(users).where(eq(users.account, account))
		: [];
	const userId =
		known?.id ??
		(await createUser(ctx, manager, {
			account,
			name: input.name,
			password: input.password,
			mustChangePassword: true
		}));
	await grantMembership(ctx, manager, {
		userId,
		clientId: input.clientId,
		roles: input.roles,
		employeeId: input.employeeId ?? null,
		unitId: input.unitId ?? null,
		endsAt: input.endsAt ?? null
	});
	return userId;
}
