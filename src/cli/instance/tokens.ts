/** `quanheng token create|revoke`: tokens for programs that send rows. */
import { and, eq, isNull } from 'drizzle-orm';
import { createApiToken, revokeApiToken } from '#lib/server/auth/api-tokens.ts';
import { findActor } from '#lib/server/auth/memberships.ts';
import { systemActor } from '#lib/server/context.ts';
import { apiTokens } from '#lib/server/db/control/schema.ts';
import { controlContext } from '#lib/server/instance.ts';
import { failure } from '../failure.ts';
import { EXIT, type ExitCode, type Io } from '../io.ts';
import type { ClientCommand, TokenOptions } from './options.ts';
import { userOf } from './users.ts';
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
		const ctx = controlContext(instance);
		const user = await userOf(instance, options.account);
		const actor = await findActor(ctx, user, options.client);
		if (!actor) throw failure('account_not_found', { account: options.account.slice(0, 60) });
		return options.dryRun ? null : createApiToken(ctx, actor, { name, days });
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
			.select({ userId: apiTokens.userId })
			.from(apiTokens)
			.where(
				and(
					eq(apiTokens.id, tokenId),
					eq(apiTokens.clientId, options.client),
					isNull(apiTokens.revokedAt)
				)
			);
		if (!row) throw failure('token_not_found', { token: tokenId.slice(0, 60) });
		if (options.dryRun) return;
		// Tokens are ended in their owner's name, also when the owner may do nothing here any more.
		const actor = { ...systemActor(options.client), userId: row.userId };
		await revokeApiToken(controlContext(instance), actor, tokenId);
	});
	return EXIT.done;
}
