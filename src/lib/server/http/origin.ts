/** Whether a request that changes something was sent by a page of this instance. */

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * True for requests that only read, for those that carry their own token instead of a cookie, and
 * for those a browser vouches for: `Origin` is ours, or absent with `Sec-Fetch-Site: same-origin`.
 * Whether there is a cookie does not matter: signing somebody in unasked is an attack as well.
 */
export function isOwnRequest(request: Request, origin: string): boolean {
	if (READING.has(request.method)) return true;
	if (bearerOf(request) !== null) return true;
	const from = request.headers.get('origin');
	if (from !== null) return from === origin;
	return request.headers.get('sec-fetch-site') === 'same-origin';
}

/** The token of an `Authorization: Bearer` header; null without one. */
export function bearerOf(request: Request): string | null {
	return /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? null;
}
