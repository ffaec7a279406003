import { describe, expect, test } from 'vitest';
import { createUser } from '#lib/server/auth/create-user.ts';
import { createClient } from '#lib/server/auth/create-client.ts';
import { grantMembership } from '#lib/server/auth/grant-membership.ts';
import { SignInLimiter } from '#lib/server/auth/limiter.ts';
import { SYSTEM_MANAGER, type Manager } from '#lib/server/auth/managers.ts';
import { findActor, findClientsOf, findMembers } from '#lib/server/auth/memberships.ts';
import { resetPassword } from '#lib/server/auth/change-password.ts';
import { disableUser } from '#lib/server/auth/disable-user.ts';
import {
	isLoopback,
	needsSetUp,
	setUpCode,
	setUpInstance
} from '#lib/server/auth/set-up-instance.ts';
import { signIn } from '#lib/server/auth/sign-in.ts';
import { systemClock } from '#lib/server/clock.ts';
import type { ControlContext } from '#lib/server/context.ts';
import { auditEvents, users } from '#lib/server/db/control/schema.ts';
import { randomIds } from '#lib/server/ids.ts';
import { limits, PASSWORD, personAt } from '../support/people.ts';
import { openStudio } from '../support/studio.ts';

async function instance(): Promise<ControlContext> {
	const { databases, dataDir } = await openStudio();
	return { clock: systemClock, ids: randomIds(systemClock), control: databases.control, dataDir };
}

const attempt = (
	ctx: ControlContext,
	account: string,
	password: string,
	limiter: SignInLimiter,
	address = '10.0.0.1'
) => signIn(ctx, limits, { account, password, address, userAgent: null, oldToken: null }, limiter);

describe('signing in', () => {
	test.each(['li.wei', ' Li.Wei ', 'LI.WEI', 'ｌｉ.ｗｅｉ'])(
		'as “%s” finds li.wei',
		async (account) => {
			const ctx = await instance();
			await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
			await expect(attempt(ctx, account, PASSWORD, new SignInLimiter())).resolves.toBeDefined();
		}
	);

	test('answers alike to a wrong password, an unknown and a disabled account', async () => {
		const ctx = await instance();
		await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
		const gone = await personAt(ctx, 'acme', 'gone', 'employee');
		await disableUser(ctx, SYSTEM_MANAGER, gone);
		const limiter = new SignInLimiter();
		const answers = await Promise.all(
			[
				['li.wei', 'wrong password'],
				['nobody', PASSWORD],
				['gone', PASSWORD]
			].map(([account = '', password = '']) =>
				attempt(ctx, account, password, limiter).catch((error: unknown) => error)
			)
		);
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
		expect(answers[0]).toMatchObject({ status: 401, code: 'wrong_credentials' });
	});

	test('takes as long for an unknown account as for a wrong password', async () => {
		const ctx = await instance();
		await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
		const time = async (account: string) => {
			const startedAt = performance.now();
			await attempt(ctx, account, 'wrong password', new SignInLimiter()).catch(() => undefined);
			return performance.now() - startedAt;
		};
		await time('nobody');
		const known: number[] = [];
		const unknown: number[] = [];
		for (let i = 0; i < 9; i += 1) {
			known.push(await time('li.wei'));
			unknown.push(await time('nobody'));
		}
		// Without the decoy the ratio is above ten. The shortest of nine is what the work takes; the
		// rest is the noise of a shared machine.
		const ratio = Math.min(...known) / Math.min(...unknown);
		expect(ratio).toBeGreaterThan(0.4);
		expect(ratio).toBeLessThan(2.5);
	});

	test('more than ten tries a minute at one account do not reach the password', async () => {
		const ctx = await instance();
		await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
		const limiter = new SignInLimiter();
		for (let i = 0; i < 10; i += 1) {
			await expect(
				attempt(ctx, 'li.wei', 'wrong password', limiter, `10.0.0.${i}`)
			).rejects.toMatchObject({ status: 401 });
		}
		const right = attempt(ctx, 'li.wei', PASSWORD, limiter, '10.0.1.1');
		await expect(right).rejects.toMatchObject({ status: 429, code: 'too_many_attempts' });
		const events = await ctx.control.read.select().from(auditEvents);
		const limited = events.filter(({ type }) => type === 'sign_in_limited');
		expect(limited).toHaveLength(1);
		expect(JSON.stringify(limited)).not.toContain('li.wei');
	});

	test('more than thirty tries a minute from one address are refused', async () => {
		const limiter = new SignInLimiter();
		for (let i = 0; i < 30; i += 1) await limiter.attempt(`account-${i}`, '10.0.0.1');
		await expect(limiter.attempt('account-31', '10.0.0.1')).rejects.toMatchObject({ status: 429 });
		await limiter.attempt('account-31', '10.0.0.2');
	});
});

describe('the first start', () => {
	const input = { account: 'admin', name: 'Admin', password: PASSWORD, address: '127.0.0.1' };

	test('makes one operator from the server itself, and only once', async () => {
		const ctx = await instance();
		expect(await needsSetUp(ctx)).toBe(true);
		const results = await Promise.allSettled([
			setUpInstance(ctx, input),
			setUpInstance(ctx, input)
		]);
		expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(await needsSetUp(ctx)).toBe(false);
		expect(await ctx.control.read.select().from(users)).toMatchObject([{ operator: true }]);
		await expect(setUpInstance(ctx, { ...input, account: 'second' })).rejects.toMatchObject({
			code: 'already_set_up'
		});
	});

	test('from elsewhere needs the code of the log', async () => {
		const ctx = await instance();
		const far = { ...input, address: '10.1.2.3' };
		for (const code of [undefined, '', 'guess']) {
			await expect(
				setUpInstance(ctx, code === undefined ? far : { ...far, code })
			).rejects.toMatchObject({ code: 'setup_not_here' });
		}
		await setUpInstance(ctx, { ...far, code: setUpCode() });
	});

	test.each([
		['127.0.0.1', true],
		['127.8.8.8', true],
		['::1', true],
		['::ffff:127.0.0.1', true],
		['10.0.0.1', false],
		['::ffff:10.0.0.1', false],
		['127.0.0.1.evil.com', false],
		['', false]
	])('%s is this machine: %s', (address, expected) => {
		expect(isLoopback(address)).toBe(expected);
	});
});

describe('accounts', () => {
	test.each([
		['a short password', { password: 'short' }, 'password_too_short'],
		['a book as password', { password: 'x'.repeat(300) }, 'password_too_long'],
		['an account with a space', { account: 'li wei' }, 'account_not_allowed'],
		['an account that is taken', { account: 'LI.WEI' }, 'account_taken']
	])('refuse %s', async (_name, changes, code) => {
		const ctx = await instance();
		await personAt(ctx, 'acme', 'li.wei', 'employee');
		const input = { account: 'new.one', name: 'New', password: PASSWORD, ...changes };
		await expect(createUser(ctx, SYSTEM_MANAGER, input)).rejects.toMatchObject({ code });
	});

	test('of one client are managed by its administrator, and no further', async () => {
		const ctx = await instance();
		await personAt(ctx, 'acme', 'li.wei', 'employee');
		const shared = await personAt(ctx, 'acme', 'wei.bo', 'implementer');
		await personAt(ctx, 'rival', 'rival.boss', 'administrator');
		await grantMembership(ctx, SYSTEM_MANAGER, {
			userId: shared,
			clientId: 'rival',
			roles: ['implementer']
		});
		const admin: Manager = {
			userId: 'admin',
			operator: false,
			clientId: 'acme',
			roles: ['administrator']
		};
		expect(await findMembers(ctx, admin, 'acme')).toHaveLength(2);
		await expect(findMembers(ctx, admin, 'rival')).rejects.toMatchObject({ status: 403 });
		// Whoever also works elsewhere could be entered there with a password set here.
		await expect(
			resetPassword(ctx, admin, { userId: shared, password: PASSWORD })
		).rejects.toMatchObject({ status: 404 });
		await expect(
			grantMembership(ctx, admin, { userId: shared, clientId: 'rival', roles: ['employee'] })
		).rejects.toMatchObject({ status: 403 });
		await expect(
			createUser(ctx, admin, {
				account: 'sneaky',
				name: 'S',
				password: PASSWORD,
				operator: true
			})
		).rejects.toMatchObject({ status: 403 });
		await expect(
			createClient(ctx, admin, { id: 'mine', name: { 'zh-CN': '我', en: 'Mine' } })
		).rejects.toMatchObject({ status: 403 });
	});

	test('the last operator cannot be disabled', async () => {
		const ctx = await instance();
		const id = await setUpInstance(ctx, {
			account: 'admin',
			name: 'Admin',
			password: PASSWORD,
			address: '::1'
		});
		await expect(disableUser(ctx, SYSTEM_MANAGER, id)).rejects.toMatchObject({
			code: 'last_operator'
		});
	});
});

test('a person is somebody only where they have a membership', async () => {
	const ctx = await instance();
	const id = await personAt(ctx, 'acme', 'li.wei', 'hr_designer');
	await personAt(ctx, 'rival', 'other', 'hr_designer');
	const user = { id, name: 'Li Wei' };
	expect(await findActor(ctx, user, 'acme')).toMatchObject({ clientId: 'acme', userId: id });
	expect(await findActor(ctx, user, 'rival')).toBeNull();
	expect(await findActor(ctx, user, 'never-was')).toBeNull();
	expect((await findClientsOf(ctx, user)).map((client) => client.id)).toEqual(['acme']);
});
