/** The session's cookie: bound to this host alone where the connection is https. */
import type { Cookies } from '@sveltejs/kit';

interface Carrier {
	readonly cookies: Cookies;
	readonly url: URL;
}

const isSecure = (url: URL) => url.protocol === 'https:';

/** `__Host-` is refused by browsers on plain http, which offices without certificates use. */
function nameFor(url: URL): string {
	return isSecure(url) ? '__Host-quanheng_session' : 'quanheng_session';
}

export function readSessionToken({ cookies, url }: Carrier): string | null {
	return cookies.get(nameFor(url)) ?? null;
}

export function setSessionCookie(
	{ cookies, url }: Carrier,
	token: string,
	limits: { readonly sessionHours: number }
): void {
	cookies.set(nameFor(url), token, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: isSecure(url),
		maxAge: limits.sessionHours * 3600
	});
}

export function clearSessionCookie({ cookies, url }: Carrier): void {
	cookies.delete(nameFor(url), {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: isSecure(url)
	});
}
