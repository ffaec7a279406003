/** `quanheng token create|revoke`: tokens for programs that send rows. */
import { and, eq, isNull } from 'drizzle-orm';
import { normalizeAccount } from '#lib/server/auth/accounts.ts';
import { createApiToken, revokeApiToken } from '#lib/server/auth/api-tokens.ts';
import type { Actor } from '#lib/server/context.ts';
import { apiTokens, memberships, users } from '#lib/server/db/control/schema.ts';
import { controlContext, type Instance } from '#lib/server/instance.ts';
import { failure } from '../failure.ts';
import { EXIT, type ExitCode, type Io } from '../io.ts';
import type { ClientCommand, TokenOptions } from './options.ts';
import { contextOf, withInstance } from './with-instance.ts';

const DAYS = 90;

/** Makes a token that acts as an account at one client, and prints it once. */
export async function runCreateToken(
	io: Io,
	name: string,
	options: TokenOptions
): Promise<ExitCode> {
	const days = options.days === undefined ? DAYS : Number(options.days);
	if (!Number.isInteger(days) || days < 1 || days > 366) {
		throw failure('option_wrong', {
			option: '--days',
			found: options.days ?? '',
			expected: '1 … 366',
			command: 'token create'
		});
	}
	const made = await withInstance(io, options, async (instance) => {
		await contextOf(instance, options.client);
		const actor = await memberOf(instance, options.client, options.account);
		if (options.dryRun) return null;
		return createApiToken(controlContext(instance), actor, { name, days });
	});
	if (!made) return EXIT.done;
	await io.write(options.json ? `${JSON.stringify(made)}\n` : `${made.token}\n`);
	return EXIT.done;
}

/** Ends a token, whoever made it. */
export async function runRevokeToken(
	io: Io,
	tokenId: string,
	options: ClientCommand
): Promise<ExitCode> {
	await withInstance(io, options, async (instance) => {
		await contextOf(instance, options.client);
		const [row] = await instance.databases.control.read
			.select({ account: users.account })
			.from(apiTokens)
			.innerJoin(users, eq(users.id, apiTokens.userId))
			.where(
				and(
					eq(apiTokens.id, tokenId),
					eq(apiTokens.clientId, options.client),
					isNull(apiTokens.revokedAt)
				)
			);
		if (!row) throw failure('token_not_found', { token: tokenId.slice(0, 60) });
		if (options.dryRun) return;
		const actor = await memberOf(instance, options.client, row.account);
		await revokeApiToken(controlContext(instance), actor, tokenId);
	});
	return EXIT.done;
}

/** An account as it may act at a client. */
async function memberOf(instance: Instance, clientId: string, account: string): Promise<Actor> {
	const [row] = await instance.databases.control.read
		.select({ user: users, membership: memberships })
		.from(users)
		.innerJoin(memberships, eq(memberships.userId, users.id))
		.where(
			and(
				eq(users.account, normalizeAccount(account)),
				eq(memberships.clientId, clientId),
				isNull(memberships.revokedAt)
			)
		);
	if (!row) throw failure('account_not_found', { account: account.slice(0, 60) });
	const { roles, employeeId, unitId } = row.membership;
	return { userId: row.user.id, name: row.user.name, clientId, roles, employeeId, unitId };
}
