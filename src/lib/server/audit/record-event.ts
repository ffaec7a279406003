import { desc } from 'drizzle-orm';
import * as v from 'valibot';
import { momentOf, type Clock } from '../clock.ts';
import { auditEvents } from '../db/client/tables/system.ts';
import type { Tx } from '../db/database.ts';
import { CHAIN_START, linkHash } from './chain.ts';
import { EVENTS, type AuditEvent } from './events.ts';

/**
 * Appends an event to the chain of the database that `tx` writes to. Called in the transaction of
 * the change it tells of, so that neither exists without the other. (Both databases have the same
 * `audit_events` table.)
 */
export async function recordEvent(
	tx: Tx,
	ctx: { readonly clock: Clock },
	actor: { readonly userId: string },
	event: AuditEvent
): Promise<void> {
	const { type, ...rest } = event;
	const data = JSON.stringify(v.parse(v.strictObject(EVENTS[type].entries), rest));
	const [last] = await tx
		.select({ seq: auditEvents.seq, hash: auditEvents.hash })
		.from(auditEvents)
		.orderBy(desc(auditEvents.seq))
		.limit(1);
	const link = {
		seq: (last?.seq ?? 0) + 1,
		at: momentOf(ctx.clock),
		actorId: actor.userId,
		type,
		data,
		prevHash: last?.hash ?? CHAIN_START
	};
	await tx.insert(auditEvents).values({ ...link, hash: linkHash(link) });
}
