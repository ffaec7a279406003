/** How one link of the chain is hashed; stated once, for the writer and the verifier. */
import { createHash } from 'node:crypto';

/** What the first link follows. */
export const CHAIN_START = '0'.repeat(64);

export interface Link {
	readonly seq: number;
	readonly at: string;
	readonly actorId: string;
	readonly type: string;
	readonly data: string;
	readonly prevHash: string;
}

/** SHA-256 over all fields as a JSON array, so that no two different links print alike. */
export function linkHash(link: Link): string {
	return createHash('sha256')
		.update(JSON.stringify([link.prevHash, link.seq, link.at, link.actorId, link.type, link.data]))
		.digest('hex');
}
