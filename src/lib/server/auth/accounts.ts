import { refuse } from '../http/problem.ts';
import { authProblems } from './problems.ts';

const ACCOUNT = /^[a-z0-9][a-z0-9._@-]{2,63}$/;

/** How an account is compared: without spaces around, in lower case, full-width letters folded. */
export function normalizeAccount(account: string): string {
	return account.normalize('NFKC').trim().toLowerCase();
}

/** The account as it is stored; refuses what cannot be one. */
export function parseAccount(text: string): string {
	const account = normalizeAccount(text);
	if (!ACCOUNT.test(account)) throw refuse(authProblems, 'account_not_allowed');
	return account;
}
