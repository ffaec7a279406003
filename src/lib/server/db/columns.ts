/** Column shapes that both databases share, so that each is stated once. */
import { integer, text } from 'drizzle-orm/sqlite-core';

/** A moment in UTC, ISO 8601 with milliseconds; sorts as text. */
export const moment = (name: string) => text(name);

/** A JSON value kept as text; the type is what the writer promises. */
export const json = <T>(name: string) => text(name, { mode: 'json' }).$type<T>();

/** Yes or no, kept as 1 or 0. */
export const flag = (name: string) => integer(name, { mode: 'boolean' });

/** The columns of one link of an audit chain; see `audit/README.md`. */
export const auditColumns = () => ({
	/** Gapless from 1, so that a removed row shows. */
	seq: integer('seq').primaryKey(),
	at: moment('at').notNull(),
	/** The user who acted, or `system`. */
	actorId: text('actor_id').notNull(),
	type: text('type').notNull(),
	/** The event's data as canonical JSON text: these bytes are what the hash covers. */
	data: text('data').notNull(),
	prevHash: text('prev_hash').notNull(),
	hash: text('hash').notNull()
});

/** The columns of a fact: who said so, when, in which batch, and whether it was taken back. */
export const factColumns = () => ({
	source: text('source'),
	evidence: text('evidence'),
	batchId: text('batch_id'),
	recordedAt: moment('recorded_at').notNull(),
	recordedBy: text('recorded_by').notNull(),
	/** Facts are never overwritten: a correction is a new fact, a roll-back withdraws. */
	withdrawnAt: moment('withdrawn_at'),
	withdrawnBy: text('withdrawn_by')
});
