/** Passwords: argon2id, a few at a time, and the same time spent whether an account exists or not. */
import { hash, verify, type Options } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { authProblems } from './problems.ts';

export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 256;

/** OWASP's parameters for argon2id (the library's default algorithm) with 19 MiB. */
const PARAMETERS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashing takes 19 MiB and a core each: a burst of sign-ins must not take the server down. */
const MOST_AT_ONCE = 4;
const MOST_WAITING = 200;

let active = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (active >= MOST_AT_ONCE) {
		if (waiting.length >= MOST_WAITING) {
			throw refuse(commonProblems, 'busy', { retryAfterSeconds: 10 });
		}
		await new Promise<void>((resolve) => waiting.push(resolve));
	} else {
		active += 1;
	}
	try {
		return await work();
	} finally {
		const next = waiting.shift();
		if (next) next();
		else active -= 1;
	}
}

/** Refuses passwords that are too short to protect anything, or long enough to cost. */
export function assertPassword(password: string): void {
	const length = [...password].length;
	if (length < SHORTEST_PASSWORD) {
		throw refuse(authProblems, 'password_too_short', { details: { least: SHORTEST_PASSWORD } });
	}
	if (length > LONGEST_PASSWORD) {
		throw refuse(authProblems, 'password_too_long', { details: { most: LONGEST_PASSWORD } });
	}
}

/** The PHC string to store. */
export function hashPassword(password: string): Promise<string> {
	return inTurn(() => hash(password.normalize('NFKC'), PARAMETERS));
}

let decoy: Promise<string> | undefined;

/**
 * True when the password fits. With no stored hash (nobody has this account) a decoy is verified,
 * so that the answer takes as long and tells nothing.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
	if (password.length > LONGEST_PASSWORD * 4) return false;
	decoy ??= hashPassword(randomBytes(24).toString('hex'));
	const against = stored ?? (await decoy);
	const fits = await inTurn(() => verify(against, password.normalize('NFKC'), PARAMETERS));
	return stored !== null && fits;
}
