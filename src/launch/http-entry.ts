/** The HTTP server around SvelteKit's handler. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** SvelteKit's handler: like a middleware of Express. */
export type Handler = (
	request: IncomingMessage,
	response: ServerResponse,
	next: (error?: unknown) => void
) => void;

export interface EntryOptions {
	readonly host: string;
	readonly port: number;
	/** Host names that may stand in the address; null means any (an ORIGIN was configured). */
	readonly hostNames: ReadonlySet<string> | null;
}

export interface Entry {
	/** The port it listens on; chosen by the system when 0 was asked for. */
	readonly port: number;
	/** Lets requests that run finish, takes no new ones. */
	close(): Promise<void>;
}

/** The kernel's queue for connections that were not accepted yet; Node's 511 overflows at 5,000. */
const BACKLOG = 4_096;

/** Longer than the usual 60 s of proxies, so that they close a connection first and never race. */
const KEEP_ALIVE_MS = 65_000;

/** More requests at once than this wait longer than anybody would: better to say so at once. */
const MOST_IN_FLIGHT = 2_000;
const DRAIN_MS = 10_000;

/** The name of the header that tells the handler the protocol; nobody outside may set it. */
export const PROTOCOL_HEADER = 'x-quanheng-protocol';

/** Starts listening; rejects when the port is taken. */
export async function listen(handler: Handler, options: EntryOptions): Promise<Entry> {
	let inFlight = 0;
	const server = createServer((request, response) => {
		request.headers[PROTOCOL_HEADER] = 'http';
		if (options.hostNames && !options.hostNames.has(hostNameOf(request))) {
			// Another site's name that points to this machine: its pages must not reach in.
			refuse(response, 421, 'This server does not answer for that host name.');
			return;
		}
		if (inFlight >= MOST_IN_FLIGHT) {
			response.setHeader('retry-after', '2');
			refuse(response, 503, 'Too many requests at once; try again in a moment.');
			return;
		}
		inFlight += 1;
		response.once('close', () => (inFlight -= 1));
		handler(request, response, () => refuse(response, 404, 'Not found.'));
	});
	server.keepAliveTimeout = KEEP_ALIVE_MS;
	server.headersTimeout = KEEP_ALIVE_MS + 1_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen({ host: options.host, port: options.port, backlog: BACKLOG }, () => {
			server.off('error', reject);
			resolve();
		});
	});
	const address = server.address();
	return {
		port: typeof address === 'object' && address ? address.port : options.port,
		close: () => drain(server)
	};
}

function hostNameOf(request: IncomingMessage): string {
	return (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
}

function refuse(response: ServerResponse, status: number, text: string): void {
	response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
	response.end(`${text}\n`);
}

/** Requests that do not end in time are cut off: a stop must not depend on them. */
function drain(server: Server): Promise<void> {
	return new Promise((resolve) => {
		const limit = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
		server.close(() => {
			clearTimeout(limit);
			resolve();
		});
		server.closeIdleConnections();
	});
}
