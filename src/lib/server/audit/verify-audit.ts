import { bulkRead } from '../db/bulk.ts';
import { auditEvents } from '../db/client/tables/system.ts';
import type { Queries } from '../db/database.ts';
import { CHAIN_START, linkHash } from './chain.ts';

/** A head exported earlier: the chain must still contain it, or its end was cut or rewritten. */
export interface AuditHead {
	readonly seq: number;
	readonly hash: string;
}

/** What is wrong with a chain, at the first link where it shows. */
export type AuditFault =
	| 'missing' // A number was skipped: an entry was removed.
	| 'altered' // The entry does not give its own hash.
	| 'unlinked' // The entry does not follow the one before it: inserted, swapped or replaced.
	| 'truncated' // The exported head lies beyond the end.
	| 'rewritten'; // The entry at the exported head has another hash.

export interface AuditVerdict {
	readonly intact: boolean;
	readonly entries: number;
	readonly head: AuditHead;
	readonly fault: { readonly seq: number; readonly kind: AuditFault } | null;
}

/** One entry: number, time, actor, type, data, hash of the one before, own hash. */
type Row = readonly [number, string, string, string, string, string, string];

/** Reads the whole chain and checks every link, and against a head if one is given. */
export async function verifyAudit(queries: Queries, known?: AuditHead): Promise<AuditVerdict> {
	let head: AuditHead = { seq: 0, hash: CHAIN_START };
	const failed = (seq: number, kind: AuditFault): AuditVerdict => ({
		intact: false,
		entries: head.seq,
		head,
		fault: { seq, kind }
	});
	const columns = ['seq', 'at', 'actorId', 'type', 'data', 'prevHash', 'hash'] as const;
	for await (const page of bulkRead(queries, auditEvents, columns)) {
		for (const [seq, at, actorId, type, data, prevHash, hash] of page as readonly Row[]) {
			if (seq !== head.seq + 1) return failed(head.seq + 1, 'missing');
			if (linkHash({ seq, at, actorId, type, data, prevHash }) !== hash) {
				return failed(seq, 'altered');
			}
			if (prevHash !== head.hash) return failed(seq, 'unlinked');
			if (known?.seq === seq && known.hash !== hash) return failed(seq, 'rewritten');
			head = { seq, hash };
		}
	}
	if (known && known.seq > head.seq) return failed(head.seq + 1, 'truncated');
	return { intact: true, entries: head.seq, head, fault: null };
}
