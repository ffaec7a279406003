/**
 * Sessions: a token in a cookie, its SHA-256 in the database, an idle limit that moves and an
 * absolute limit that does not.
 */
import { createHash, randomBytes } from 'node:crypto';
import { and, desc, eq, lte, ne } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { momentOf } from '../clock.ts';
import type { ControlContext } from '../context.ts';
import { sessions } from '../db/control/schema.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { luciaOver, seconds, storeOf, type UserAttributes } from './lucia.ts';

/** How long sessions last; from the configuration. */
export interface SessionLimits {
	readonly sessionIdleMinutes: number;
	readonly sessionHours: number;
}

export interface SignedInUser extends Omit<UserAttributes, 'disabled'> {
	readonly id: string;
	/** The session's own id (a hash): names it in the list of sessions. */
	readonly sessionId: string;
}

/** A session as its owner sees it in the list. */
export interface SessionSummary {
	readonly id: string;
	readonly createdAt: string;
	readonly lastSeenAt: string;
	readonly userAgent: string | null;
}

const TOKEN_BYTES = 32;

/** The session is marked as used at most this often, so that reading pages hardly writes. */
const SHARE_OF_IDLE_BETWEEN_MARKS = 0.1;

function idOf(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}

/** Makes a session inside a transaction and returns the token, which exists nowhere else. */
export async function createSession(
	tx: Tx,
	ctx: ControlContext,
	limits: SessionLimits,
	input: { readonly userId: string; readonly userAgent: string | null }
): Promise<string> {
	const token = randomBytes(TOKEN_BYTES).toString('base64url');
	const now = ctx.clock.now();
	// Whoever signs in sweeps the floor: expired rows serve nobody.
	await tx.delete(sessions).where(lte(sessions.expiresAt, seconds(now)));
	const attributes = {
		endsAt: seconds(now) + limits.sessionHours * 3600,
		createdAt: now.toISOString(),
		lastSeenAt: now.toISOString(),
		userAgent: input.userAgent?.slice(0, 200) ?? null
	};
	await luciaOver(storeOf(tx), limits.sessionIdleMinutes).createSession(input.userId, attributes, {
		sessionId: idOf(token)
	});
	return token;
}

/** Who a token belongs to; null when it is unknown, idle for too long, too old or locked out. */
export async function validateSession(
	ctx: ControlContext,
	limits: SessionLimits,
	token: string
): Promise<SignedInUser | null> {
	const { control, clock } = ctx;
	const lucia = luciaOver(
		{ read: control.read, write: (work) => control.write(work) },
		limits.sessionIdleMinutes
	);
	const { session, user } = await lucia.validateSession(idOf(token));
	if (!session || user.disabled) return null;
	const now = seconds(clock.now());
	if (now >= session.endsAt) {
		await lucia.invalidateSession(session.id);
		return null;
	}
	const idle = limits.sessionIdleMinutes * 60;
	const sinceMark = now - seconds(new Date(session.lastSeenAt));
	if (sinceMark >= idle * SHARE_OF_IDLE_BETWEEN_MARKS) {
		await control.write((tx) =>
			tx
				.update(sessions)
				.set({ lastSeenAt: momentOf(clock), expiresAt: Math.min(now + idle, session.endsAt) })
				.where(eq(sessions.id, session.id))
		);
	}
	const { account, name, locale, operator, demo, mustChangePassword } = user;
	return {
		id: user.id,
		sessionId: session.id,
		account,
		name,
		locale,
		operator,
		demo,
		mustChangePassword
	};
}

/** Ends the session of a token inside a transaction, if there is one: at sign-in, for rotation. */
export async function endSession(tx: Tx, token: string): Promise<void> {
	await tx.delete(sessions).where(eq(sessions.id, idOf(token)));
}

/** The user's sessions, the last used first. */
export async function listSessions(
	ctx: ControlContext,
	user: Pick<SignedInUser, 'id'>
): Promise<readonly SessionSummary[]> {
	return ctx.control.read
		.select({
			id: sessions.id,
			createdAt: sessions.createdAt,
			lastSeenAt: sessions.lastSeenAt,
			userAgent: sessions.userAgent
		})
		.from(sessions)
		.where(eq(sessions.userId, user.id))
		.orderBy(desc(sessions.lastSeenAt));
}

/** Ends one of the user's own sessions. Another's is as unknown as one that never was. */
export async function revokeSession(
	ctx: ControlContext,
	user: Pick<SignedInUser, 'id'>,
	sessionId: string
): Promise<void> {
	await ctx.control.write(async (tx) => {
		const ended = await tx
			.delete(sessions)
			.where(and(eq(sessions.id, sessionId), eq(sessions.userId, user.id)))
			.returning({ id: sessions.id });
		if (ended.length === 0) throw refuse(commonProblems, 'not_found');
		await recordEvent(
			tx,
			ctx,
			{ userId: user.id },
			{
				type: 'session_revoked',
				user: user.id,
				sessions: 1
			}
		);
	});
}

/** Ends all of the user's sessions but the one they are using. Returns how many. */
export async function revokeOtherSessions(
	ctx: ControlContext,
	user: Pick<SignedInUser, 'id' | 'sessionId'>
): Promise<number> {
	return ctx.control.write(async (tx) => {
		const ended = await tx
			.delete(sessions)
			.where(and(eq(sessions.userId, user.id), ne(sessions.id, user.sessionId)))
			.returning({ id: sessions.id });
		if (ended.length > 0) {
			await recordEvent(
				tx,
				ctx,
				{ userId: user.id },
				{
					type: 'session_revoked',
					user: user.id,
					sessions: ended.length
				}
			);
		}
		return ended.length;
	});
}

/** Ends every session of a user inside a transaction: after a change of password or of rights. */
export async function endAllSessions(tx: Tx, userId: string): Promise<void> {
	await tx.delete(sessions).where(eq(sessions.userId, userId));
}
