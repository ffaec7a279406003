/**
 * How often somebody may try: by account, so that a password cannot be guessed from many places,
 * and by address, so that one place cannot try many accounts. Attempts over the limit never reach
 * argon2. Sessions that exist are not affected, so nobody can be locked out of their work.
 */
import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { refuse } from '../http/problem.ts';
import { authProblems } from './problems.ts';

const PER_ACCOUNT = 10;
const PER_ADDRESS = 30;
const WINDOW_SECONDS = 60;

export class SignInLimiter {
	readonly #accounts = new RateLimiterMemory({ points: PER_ACCOUNT, duration: WINDOW_SECONDS });
	readonly #addresses = new RateLimiterMemory({ points: PER_ADDRESS, duration: WINDOW_SECONDS });

	/** Counts an attempt; refuses with 429 when there were too many. */
	async attempt(account: string, address: string): Promise<void> {
		try {
			await this.#addresses.consume(address);
			await this.#accounts.consume(accountKey(account));
		} catch (limit) {
			if (!(limit instanceof RateLimiterRes)) throw limit;
			const seconds = Math.max(1, Math.ceil(limit.msBeforeNext / 1000));
			throw refuse(authProblems, 'too_many_attempts', {
				details: { seconds },
				retryAfterSeconds: seconds
			});
		}
	}

	/** A right password clears the account's count, not the address's. */
	async succeeded(account: string): Promise<void> {
		await this.#accounts.delete(accountKey(account));
	}
}

/** Accounts are kept hashed: people type passwords into the wrong field. */
export function accountKey(account: string): string {
	return createHash('sha256').update(account).digest('hex');
}
