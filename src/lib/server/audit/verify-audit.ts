import { asc, gt } from 'drizzle-orm';
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

const PAGE = 5_000;

/** Reads the whole chain and checks every link, and against a head if one is given. */
export async function verifyAudit(queries: Queries, known?: AuditHead): Promise<AuditVerdict> {
	let head: AuditHead = { seq: 0, hash: CHAIN_START };
	const failed = (seq: number, kind: AuditFault): AuditVerdict => ({
		intact: false,
		entries: head.seq,
		head,
		fault: { seq, kind }
	});
	for (;;) {
		const page = await queries
			.select()
			.from(auditEvents)
			.where(gt(auditEvents.seq, head.seq))
			.orderBy(asc(auditEvents.seq))
			.limit(PAGE);
		for (const entry of page) {
			if (entry.seq !== head.seq + 1) return failed(head.seq + 1, 'missing');
			if (linkHash(entry) !== entry.hash) return failed(entry.seq, 'altered');
			if (entry.prevHash !== head.hash) return failed(entry.seq, 'unlinked');
			if (known?.seq === entry.seq && known.hash !== entry.hash) {
				return failed(entry.seq, 'rewritten');
			}
			head = { seq: entry.seq, hash: entry.hash };
		}
		if (page.length < PAGE) break;
	}
	if (known && known.seq > head.seq) return failed(head.seq + 1, 'truncated');
	return { intact: true, entries: head.seq, head, fault: null };
}
