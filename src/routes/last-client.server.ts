/** Where somebody was last, so that the next sign-in leads there. A wish only: rights are read anew. */
import type { Cookies } from '@sveltejs/kit';

const NAME = 'quanheng_client';
const A_YEAR_SECONDS = 365 * 86_400;

export function readLastClient(cookies: Cookies): string | null {
	return cookies.get(NAME) ?? null;
}

export function keepLastClient(cookies: Cookies, client: string, isSecure: boolean): void {
	if (cookies.get(NAME) === client) return;
	cookies.set(NAME, client, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: isSecure,
		maxAge: A_YEAR_SECONDS
	});
}
