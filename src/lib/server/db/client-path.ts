import { join } from 'node:path';

/** What a client's id looks like: it is also the name of its file. */
export const CLIENT_ID = /^[a-z][a-z0-9-]{0,62}$/;

/** Where a client's file is in a data directory; also for readers in threads. */
export function clientPath(dataDir: string, clientId: string): string {
	if (!CLIENT_ID.test(clientId)) throw new Error(`“${clientId}” cannot be a client's id.`);
	return join(dataDir, 'clients', `${clientId}.db`);
}
