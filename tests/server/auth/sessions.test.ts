import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { changePassword, resetPassword } from '#lib/server/auth/change-password.ts';
import { disableUser } from '#lib/server/auth/disable-user.ts';
import { grantMembership, revokeMembership } from '#lib/server/auth/grant-membership.ts';
import { SignInLimiter } from '#lib/server/auth/limiter.ts';
import { SYSTEM_MANAGER } from '#lib/server/auth/managers.ts';
import { findActor } from '#lib/server/auth/memberships.ts';
import {
	listSessions,
	revokeOtherSessions,
	revokeSession,
	validateSession
} from '#lib/server/auth/sessions.ts';
import { signIn, signOut } from '#lib/server/auth/sign-in.ts';
import { systemClock } from '#lib/server/clock.ts';
import type { ControlContext } from '#lib/server/context.ts';
import { sessions, users } from '#lib/server/db/control/schema.ts';
import { randomIds } from '#lib/server/ids.ts';
import { limits, PASSWORD, personAt } from '../support/people.ts';
import { openStudio } from '../support/studio.ts';

// lucia reads the machine's clock, so here time is moved for everybody.
beforeEach(() => {
	vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-02T08:00:00Z') });
});
afterEach(() => {
	vi.useRealTimers();
});

const minutes = (count: number) => vi.setSystemTime(Date.now() + count * 60_000);

async function instance(): Promise<ControlContext> {
	const { databases, dataDir } = await openStudio();
	return { clock: systemClock, ids: randomIds(systemClock), control: databases.control, dataDir };
}

async function enter(ctx: ControlContext, account = 'li.wei', oldToken: string | null = null) {
	const { token } = await signIn(
		ctx,
		limits,
		{ account, password: PASSWORD, address: '10.0.0.1', userAgent: 'test', oldToken },
		new SignInLimiter()
	);
	return token;
}

describe('a session', () => {
	test('is known by its token, of which only the hash is stored', async () => {
		const ctx = await instance();
		await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
		const token = await enter(ctx);
		expect(Buffer.from(token, 'base64url').byteLength).toBeGreaterThanOrEqual(16);
		const [row] = await ctx.control.read.select().from(sessions);
		expect(row?.id).toBe(createHash('sha256').update(token).digest('hex'));
		expect(JSON.stringify(row)).not.toContain(token);
		expect(await validateSession(ctx, limits, token)).toMatchObject({ account: 'li.wei' });
		// A copy of the table signs nobody in.
		expect(await validateSession(ctx, limits, row?.id ?? '')).toBeNull();
	});

	test('ends after 30 minutes without use, and lives on while it is used', async () => {
		const ctx = await instance();
		await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
		const token = await enter(ctx);
		for (let i = 0; i < 8; i += 1) {
			minutes(20);
			expect(await validateSession(ctx, limits, token), `use ${i}`).not.toBeNull();
		}
		minutes(31);
		expect(await validateSession(ctx, limits, token)).toBeNull();
		expect(await ctx.control.read.select().from(sessions)).toEqual([]);
	});

	test('ends after 12 hours however busy', async () => {
		const ctx = await instance();
		await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
		const token = await enter(ctx);
		let alive = 0;
		for (let i = 0; i < 80 && (await validateSession(ctx, limits, token)); i += 1) {
			alive += 10;
			minutes(10);
		}
		expect(alive).toBe(12 * 60);
	});

	test('of an earlier sign-in ends with the next one in the same browser', async () => {
		const ctx = await instance();
		await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
		const first = await enter(ctx);
		const second = await enter(ctx, 'li.wei', first);
		expect(second).not.toBe(first);
		expect(await validateSession(ctx, limits, first)).toBeNull();
		expect(await validateSession(ctx, limits, second)).not.toBeNull();
	});

	test('that was planted before signing in is worth nothing', async () => {
		const ctx = await instance();
		await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
		const token = await enter(ctx, 'li.wei', 'planted');
		expect(token).not.toBe('planted');
		expect(await validateSession(ctx, limits, 'planted')).toBeNull();
	});

	test('ends at sign-out', async () => {
		const ctx = await instance();
		const id = await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
		const token = await enter(ctx);
		await signOut(ctx, { id }, token);
		await signOut(ctx, { id }, token);
		expect(await validateSession(ctx, limits, token)).toBeNull();
	});

	test('is listed for its owner, who can end it; nobody else can', async () => {
		const ctx = await instance();
		const id = await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
		const other = await personAt(ctx, 'acme', 'wang.fang', 'hr_approver');
		const phone = await enter(ctx);
		const desk = await enter(ctx);
		const user = await validateSession(ctx, limits, desk);
		const list = await listSessions(ctx, { id });
		expect(list).toHaveLength(2);
		const phoneId = list.find((session) => session.id !== user?.sessionId)?.id ?? '';
		await expect(revokeSession(ctx, { id: other }, phoneId)).rejects.toMatchObject({
			status: 404
		});
		await revokeSession(ctx, { id }, phoneId);
		expect(await validateSession(ctx, limits, phone)).toBeNull();
		await enter(ctx);
		if (user) expect(await revokeOtherSessions(ctx, user)).toBe(1);
		expect(await validateSession(ctx, limits, desk)).not.toBeNull();
	});
});

describe('every session of a person ends when', () => {
	test('they change their password; the browser they did it in gets a new one', async () => {
		const ctx = await instance();
		const id = await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
		const old = await enter(ctx);
		const next = await changePassword(
			ctx,
			limits,
			{ id, account: 'li.wei' },
			{ current: PASSWORD, next: 'another long one', address: '::1', userAgent: null }
		);
		expect(await validateSession(ctx, limits, old)).toBeNull();
		expect(await validateSession(ctx, limits, next)).not.toBeNull();
		await expect(enter(ctx)).rejects.toMatchObject({ code: 'wrong_credentials' });
	});

	test('an operator resets their password, which they then have to change', async () => {
		const ctx = await instance();
		const userId = await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
		const old = await enter(ctx);
		await resetPassword(ctx, SYSTEM_MANAGER, { userId, password: PASSWORD });
		expect(await validateSession(ctx, limits, old)).toBeNull();
		const token = await enter(ctx);
		expect(await validateSession(ctx, limits, token)).toMatchObject({ mustChangePassword: true });
	});

	test('their account is disabled, and they cannot sign in again', async () => {
		const ctx = await instance();
		const id = await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
		const token = await enter(ctx);
		await disableUser(ctx, SYSTEM_MANAGER, id);
		expect(await validateSession(ctx, limits, token)).toBeNull();
		await expect(enter(ctx)).rejects.toMatchObject({ code: 'wrong_credentials' });
	});

	test('their rights change, and the new rights count from the next request on', async () => {
		const ctx = await instance();
		const userId = await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
		const token = await enter(ctx);
		const user = { id: userId, name: 'Li Wei' };
		expect((await findActor(ctx, user, 'acme'))?.roles).toEqual(['hr_designer']);
		await grantMembership(ctx, SYSTEM_MANAGER, {
			userId,
			clientId: 'acme',
			roles: ['employee']
		});
		expect(await validateSession(ctx, limits, token)).toBeNull();
		expect((await findActor(ctx, user, 'acme'))?.roles).toEqual(['employee']);
		await revokeMembership(ctx, SYSTEM_MANAGER, { userId, clientId: 'acme' });
		expect(await findActor(ctx, user, 'acme')).toBeNull();
	});
});

test("an implementer's assignment ends by itself", async () => {
	const ctx = await instance();
	const userId = await personAt(ctx, 'acme', 'wei.bo', 'implementer');
	await grantMembership(ctx, SYSTEM_MANAGER, {
		userId,
		clientId: 'acme',
		roles: ['implementer'],
		endsAt: '2026-03-02T09:00:00.000Z'
	});
	const user = { id: userId, name: 'Wei Bo' };
	expect(await findActor(ctx, user, 'acme')).not.toBeNull();
	minutes(61);
	expect(await findActor(ctx, user, 'acme')).toBeNull();
});

test('rows of sessions keep their meaning without lucia', async () => {
	// The contract of the table: id = SHA-256 of the token in hex, expires_at and ends_at in seconds.
	const ctx = await instance();
	const userId = await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
	const token = 'a-token-made-by-something-else';
	const now = Math.floor(Date.now() / 1000);
	await ctx.control.write((tx) =>
		tx.insert(sessions).values({
			id: createHash('sha256').update(token).digest('hex'),
			userId,
			expiresAt: now + 1_200,
			endsAt: now + 3_600,
			createdAt: new Date().toISOString(),
			lastSeenAt: new Date().toISOString(),
			userAgent: null
		})
	);
	expect(await validateSession(ctx, limits, token)).toMatchObject({ id: userId });
	minutes(31);
	expect(await validateSession(ctx, limits, token)).toBeNull();
});

test('passwords are stored as argon2id with at least the recommended cost', async () => {
	const ctx = await instance();
	await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
	const [row] = await ctx.control.read
		.select({ hash: users.passwordHash })
		.from(users)
		.where(eq(users.account, 'li.wei'));
	expect(row?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});
