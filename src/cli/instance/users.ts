/** `quanheng user create|reset|disable`: accounts, when nobody can sign in to make them. */
import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { normalizeAccount } from '#lib/server/auth/accounts.ts';
import { resetPassword } from '#lib/server/auth/change-password.ts';
import { createUser } from '#lib/server/auth/create-user.ts';
import { disableUser } from '#lib/server/auth/disable-user.ts';
import { grantMembership } from '#lib/server/auth/grant-membership.ts';
import { SYSTEM_MANAGER } from '#lib/server/auth/managers.ts';
import { ROLES, type Role } from '#lib/server/auth/roles.ts';
import { users } from '#lib/server/db/control/schema.ts';
import { controlContext, type Instance } from '#lib/server/instance.ts';
import { failure } from '../failure.ts';
import { EXIT, type ExitCode, type Io } from '../io.ts';
import type { UserOptions } from './options.ts';
import { contextOf, hasInstance, withInstance } from './with-instance.ts';

/** Typed once, then changed: long enough to be safe, short enough to be typed. */
function freshPassword(): string {
	return randomBytes(12).toString('base64url');
}

function roleOf(options: UserOptions): Role | null {
	if (options.role === undefined) return null;
	const role = ROLES.find((known) => known === options.role);
	if (!role) {
		throw failure('option_wrong', {
			option: '--role',
			found: options.role,
			expected: ROLES.join(' | '),
			command: 'user create'
		});
	}
	return role;
}

export async function runCreate(io: Io, account: string, options: UserOptions): Promise<ExitCode> {
	const role = roleOf(options);
	if ((role === null) !== (options.client === undefined)) {
		throw failure('option_wrong', {
			option: role === null ? '--role' : '--client',
			found: '-',
			expected: '--client ID --role ROLE',
			command: 'user create'
		});
	}
	if (options.dryRun && !hasInstance(io, options)) return EXIT.done;
	const password = freshPassword();
	await withInstance(
		io,
		options,
		async (instance) => {
			if (options.client !== undefined) await contextOf(instance, options.client);
			if (options.dryRun) return;
			const ctx = controlContext(instance);
			const userId = await createUser(ctx, SYSTEM_MANAGER, {
				account,
				name: options.name ?? account,
				password,
				operator: options.operator ?? false,
				mustChangePassword: true
			});
			if (options.client !== undefined && role !== null) {
				await grantMembership(ctx, SYSTEM_MANAGER, {
					userId,
					clientId: options.client,
					roles: [role],
					employeeId: options.employee ?? null,
					unitId: options.unit ?? null
				});
			}
		},
		{ create: true }
	);
	if (!options.dryRun) await io.write(`${password}\n`);
	return EXIT.done;
}

/** Who signs in with an account; refuses one that does not exist. */
export async function userOf(
	instance: Instance,
	account: string
): Promise<{ readonly id: string; readonly name: string }> {
	const [row] = await instance.databases.control.read
		.select({ id: users.id, name: users.name })
		.from(users)
		.where(eq(users.account, normalizeAccount(account)));
	if (!row) throw failure('account_not_found', { account: account.slice(0, 60) });
	return row;
}

export async function runReset(io: Io, account: string, options: UserOptions): Promise<ExitCode> {
	const password = freshPassword();
	await withInstance(io, options, async (instance) => {
		const { id: userId } = await userOf(instance, account);
		if (options.dryRun) return;
		await resetPassword(controlContext(instance), SYSTEM_MANAGER, { userId, password });
	});
	if (!options.dryRun) await io.write(`${password}\n`);
	return EXIT.done;
}

export async function runDisable(io: Io, account: string, options: UserOptions): Promise<ExitCode> {
	await withInstance(io, options, async (instance) => {
		const { id: userId } = await userOf(instance, account);
		if (!options.dryRun) await disableUser(controlContext(instance), SYSTEM_MANAGER, userId);
	});
	return EXIT.done;
}
