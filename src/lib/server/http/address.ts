/**
 * The address a request came from. `X-Forwarded-For` is believed only as far as the configured
 * number of proxies wrote it: everything further left is what the sender claims.
 */
export function clientAddress(
	event: { readonly request: Request; getClientAddress(): string },
	proxyDepth: number
): string {
	if (proxyDepth > 0) {
		const hops = (event.request.headers.get('x-forwarded-for') ?? '').split(',');
		const hop = hops.at(-proxyDepth)?.trim();
		if (hop) return hop;
	}
	return event.getClientAddress();
}
