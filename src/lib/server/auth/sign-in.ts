import { eq } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import type { ControlContext } from '../context.ts';
import { users } from '../db/control/schema.ts';
import { Problem, refuse } from '../http/problem.ts';
import { normalizeAccount } from './accounts.ts';
import { accountKey, SignInLimiter } from './limiter.ts';
import { verifyPassword } from './passwords.ts';
import { authProblems } from './problems.ts';
import { createSession, endSession, type SessionLimits } from './sessions.ts';

export interface SignIn {
	readonly account: string;
	readonly password: string;
	/** Where the request came from, for the limiter. */
	readonly address: string;
	readonly userAgent: string | null;
	/** The token the browser brought along: it is ended, so that a planted one is worth nothing. */
	readonly oldToken: string | null;
}

const limiter = new SignInLimiter();

/**
 * Signs a person in and returns the new session's token. Unknown account, wrong password and
 * disabled account answer alike and take as long.
 */
export async function signIn(
	ctx: ControlContext,
	limits: SessionLimits,
	input: SignIn,
	guard: SignInLimiter = limiter
): Promise<{ readonly token: string; readonly userId: string }> {
	const account = normalizeAccount(input.account);
	try {
		await guard.attempt(account, input.address);
	} catch (error) {
		if (error instanceof Problem) await noteLimit(ctx, account);
		throw error;
	}
	const [user] = await ctx.control.read
		.select({ id: users.id, hash: users.passwordHash, disabledAt: users.disabledAt })
		.from(users)
		.where(eq(users.account, account));
	const usable = user && user.disabledAt === null ? user : null;
	const fits = await verifyPassword(usable?.hash ?? null, input.password);
	if (!usable || !fits) throw refuse(authProblems, 'wrong_credentials');
	const token = await ctx.control.write(async (tx) => {
		const [now] = await tx
			.select({ hash: users.passwordHash, disabledAt: users.disabledAt })
			.from(users)
			.where(eq(users.id, usable.id));
		// Disabled, or the password changed, while it was being verified.
		if (!now || now.disabledAt !== null || now.hash !== usable.hash) {
			throw refuse(authProblems, 'wrong_credentials');
		}
		if (input.oldToken) await endSession(tx, input.oldToken);
		const made = await createSession(tx, ctx, limits, {
			userId: usable.id,
			userAgent: input.userAgent
		});
		await recordEvent(tx, ctx, { userId: usable.id }, { type: 'signed_in', user: usable.id });
		return made;
	});
	await guard.succeeded(account);
	return { token, userId: usable.id };
}

/** Ends the session of a token. Signing out twice is no error. */
export async function signOut(
	ctx: ControlContext,
	user: { readonly id: string },
	token: string
): Promise<void> {
	await ctx.control.write(async (tx) => {
		await endSession(tx, token);
		await recordEvent(tx, ctx, { userId: user.id }, { type: 'signed_out', user: user.id });
	});
}

/** One entry a minute and account at most: an attacker must not be able to fill the chain. */
const noted = new Map<string, number>();
const NOTE_EVERY_MS = 60_000;

async function noteLimit(ctx: ControlContext, account: string): Promise<void> {
	const key = accountKey(account);
	const now = ctx.clock.now().getTime();
	for (const [old, at] of noted) if (now - at >= NOTE_EVERY_MS) noted.delete(old);
	if (noted.has(key) || noted.size >= 100) return;
	noted.set(key, now);
	await ctx.control.write((tx) =>
		recordEvent(tx, ctx, { userId: 'anonymous' }, { type: 'sign_in_limited', account: key })
	);
}
