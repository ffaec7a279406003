/**
 * Tokens for programs: each acts as the person who made it, at one client, until it ends. The
 * token is shown once; only its SHA-256 is stored.
 */
import { createHash, randomBytes } from 'node:crypto';
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { momentOf } from '../clock.ts';
import type { Actor, ControlContext } from '../context.ts';
import { apiTokens, users } from '../db/control/schema.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import type { SignedInUser } from './sessions.ts';

/** Says what a string is when it turns up in a log or a repository. */
const PREFIX = 'qh_';
const LONGEST_DAYS = 366;
const DAY_MS = 86_400_000;

export interface ApiTokenSummary {
	readonly id: string;
	readonly name: string;
	readonly createdAt: string;
	readonly expiresAt: string;
	readonly lastUsedAt: string | null;
}

/** Makes a token for oneself at the client where one acts. Returns it, once. */
export async function createApiToken(
	ctx: ControlContext,
	actor: Actor,
	input: { readonly name: string; readonly days: number }
): Promise<{ readonly id: string; readonly token: string }> {
	const token = PREFIX + randomBytes(32).toString('base64url');
	const days = Math.min(Math.max(1, Math.floor(input.days)), LONGEST_DAYS);
	const now = ctx.clock.now();
	return ctx.control.write(async (tx) => {
		const id = ctx.ids.make();
		await tx.insert(apiTokens).values({
			id,
			tokenHash: hashOf(token),
			name: input.name.trim().slice(0, 80),
			userId: actor.userId,
			clientId: actor.clientId,
			createdAt: now.toISOString(),
			expiresAt: new Date(now.getTime() + days * DAY_MS).toISOString()
		});
		await recordEvent(tx, ctx, actor, {
			type: 'api_token_created',
			token: id,
			user: actor.userId,
			client: actor.clientId
		});
		return { id, token };
	});
}

/** The tokens one may still use at the client where one acts, the newest first. */
export async function listApiTokens(
	ctx: ControlContext,
	actor: Actor
): Promise<readonly ApiTokenSummary[]> {
	return ctx.control.read
		.select({
			id: apiTokens.id,
			name: apiTokens.name,
			createdAt: apiTokens.createdAt,
			expiresAt: apiTokens.expiresAt,
			lastUsedAt: apiTokens.lastUsedAt
		})
		.from(apiTokens)
		.where(
			and(
				eq(apiTokens.userId, actor.userId),
				eq(apiTokens.clientId, actor.clientId),
				isNull(apiTokens.revokedAt)
			)
		)
		.orderBy(desc(apiTokens.createdAt));
}

/** Ends one of one's own tokens. Repeating it, or naming another's, is “not found”. */
export async function revokeApiToken(
	ctx: ControlContext,
	actor: Actor,
	tokenId: string
): Promise<void> {
	await ctx.control.write(async (tx) => {
		const revoked = await tx
			.update(apiTokens)
			.set({ revokedAt: momentOf(ctx.clock) })
			.where(
				and(
					eq(apiTokens.id, tokenId),
					eq(apiTokens.userId, actor.userId),
					isNull(apiTokens.revokedAt)
				)
			)
			.returning({ id: apiTokens.id });
		if (revoked.length === 0) throw refuse(commonProblems, 'not_found');
		await recordEvent(tx, ctx, actor, { type: 'api_token_revoked', token: tokenId });
	});
}

/** Whom a token acts as, and at which client only; null when it is unknown, ended or locked out. */
export async function validateApiToken(
	ctx: ControlContext,
	token: string
): Promise<{ readonly user: SignedInUser; readonly clientId: string } | null> {
	const now = momentOf(ctx.clock);
	const [row] = await ctx.control.read
		.select({ token: apiTokens, user: users })
		.from(apiTokens)
		.innerJoin(users, eq(users.id, apiTokens.userId))
		.where(
			and(
				eq(apiTokens.tokenHash, hashOf(token)),
				isNull(apiTokens.revokedAt),
				gt(apiTokens.expiresAt, now),
				isNull(users.disabledAt)
			)
		);
	if (!row) return null;
	const today = now.slice(0, 10);
	if (row.token.lastUsedAt?.slice(0, 10) !== today) {
		await ctx.control.write((tx) =>
			tx.update(apiTokens).set({ lastUsedAt: now }).where(eq(apiTokens.id, row.token.id))
		);
	}
	const { id, account, name, locale, operator, demo, mustChangePassword } = row.user;
	return {
		clientId: row.token.clientId,
		user: {
			id,
			account,
			name,
			locale,
			operator,
			demo,
			mustChangePassword,
			sessionId: `token-${row.token.id}`
		}
	};
}

function hashOf(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}
