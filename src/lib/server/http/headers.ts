/** Headers that every answer of the application carries. (CSP of pages comes from Kit's config.) */
export function secureHeaders(
	response: Response,
	request: {
		readonly url: URL;
		readonly api: boolean;
		readonly personal: boolean;
		readonly id: string;
	}
): void {
	const { headers } = response;
	headers.set('x-request-id', request.id);
	headers.set('x-content-type-options', 'nosniff');
	headers.set('x-frame-options', 'DENY');
	headers.set('referrer-policy', 'same-origin');
	headers.set('cross-origin-resource-policy', 'same-origin');
	headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()');
	if (request.api && !headers.has('content-security-policy')) {
		headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
	}
	// Whoever goes back in the browser after signing out must not see what was there.
	if (request.personal) headers.set('cache-control', 'private, no-store');
	if (request.url.protocol === 'https:') {
		headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
		headers.set('cross-origin-opener-policy', 'same-origin');
	}
}
