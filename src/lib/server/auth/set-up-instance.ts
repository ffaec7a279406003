import { randomBytes, timingSafeEqual } from 'node:crypto';
import { recordEvent } from '../audit/record-event.ts';
import { momentOf } from '../clock.ts';
import type { ControlContext } from '../context.ts';
import { users } from '../db/control/schema.ts';
import { refuse } from '../http/problem.ts';
import { assertPassword, hashPassword } from './passwords.ts';
import { authProblems } from './problems.ts';
import { parseAccount } from './accounts.ts';

export interface SetUpInstance {
	readonly account: string;
	readonly name: string;
	readonly password: string;
	/** The address the request came from. */
	readonly address: string;
	/** From the server's log, for those who are not on the server itself. */
	readonly code?: string;
}

/** A code of this process; the entry prints it when nobody has an account yet. */
const key = Symbol.for('quanheng.setup-code');
const shared = globalThis as { [key]?: string };

export function setUpCode(): string {
	return (shared[key] ??= randomBytes(9).toString('base64url'));
}

/** True while nobody has an account: the only time at which `/setup` exists. */
export async function needsSetUp(ctx: ControlContext): Promise<boolean> {
	const rows = await ctx.control.read.select({ id: users.id }).from(users).limit(1);
	return rows.length === 0;
}

/**
 * Makes the first account, an operator of the instance. Only from the server itself or with the
 * code of its log: otherwise whoever finds a fresh server first would own it. Looked at again
 * inside the transaction, because two people may send the form at once.
 */
export async function setUpInstance(ctx: ControlContext, input: SetUpInstance): Promise<string> {
	if (!(await needsSetUp(ctx))) throw refuse(authProblems, 'already_set_up');
	if (!isLoopback(input.address) && !isCode(input.code)) {
		throw refuse(authProblems, 'setup_not_here');
	}
	const account = parseAccount(input.account);
	assertPassword(input.password);
	const passwordHash = await hashPassword(input.password);
	return ctx.control.write(async (tx) => {
		const existing = await tx.select({ id: users.id }).from(users).limit(1);
		if (existing.length > 0) throw refuse(authProblems, 'already_set_up');
		const id = ctx.ids.make();
		const now = momentOf(ctx.clock);
		await tx.insert(users).values({
			id,
			account,
			name: input.name.trim() || account,
			passwordHash,
			operator: true,
			createdAt: now,
			passwordChangedAt: now
		});
		await recordEvent(tx, ctx, { userId: id }, { type: 'instance_set_up', user: id });
		return id;
	});
}

/** True for addresses of this machine. */
export function isLoopback(address: string): boolean {
	return /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(address);
}

function isCode(code: string | undefined): boolean {
	const given = Buffer.from(code ?? '');
	const wanted = Buffer.from(setUpCode());
	return given.length === wanted.length && timingSafeEqual(given, wanted);
}
