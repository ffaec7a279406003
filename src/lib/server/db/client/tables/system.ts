/** Settings, jobs, repeated requests and the audit chain of one client. */
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { LocalText } from '../../../../engine/diagnostics/diagnostic.ts';
import type { Json } from '../../../../engine/logic/rule.ts';
import { auditColumns, flag, json, moment } from '../../columns.ts';

/** Settings of the client, by key: reporting currency, fiscal month, guardrails and so on. */
export const settings = sqliteTable('settings', {
	key: text('key').primaryKey(),
	value: json<Json>('value').notNull(),
	updatedAt: moment('updated_at').notNull(),
	updatedBy: text('updated_by').notNull()
});

export const JOB_STATUSES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** Long work in a worker thread, with progress and cancel. */
export const jobs = sqliteTable(
	'jobs',
	{
		id: text('id').primaryKey(),
		/** What it does, e.g. `replay` or `scoring`. */
		kind: text('kind').notNull(),
		/** What it is about, e.g. the id of the replay. */
		subject: text('subject'),
		status: text('status', { enum: JOB_STATUSES }).notNull(),
		/** From 0 to 1. */
		progress: real('progress').notNull(),
		cancelRequested: flag('cancel_requested').notNull().default(false),
		error: json<{ readonly code: string; readonly text: LocalText }>('error'),
		createdAt: moment('created_at').notNull(),
		createdBy: text('created_by').notNull(),
		startedAt: moment('started_at'),
		finishedAt: moment('finished_at')
	},
	(table) => [index('jobs_status').on(table.status, table.createdAt)]
);

/** Answers to requests that carried an idempotency key, given again to a repeat. */
export const idempotencyKeys = sqliteTable(
	'idempotency_keys',
	{
		actorId: text('actor_id').notNull(),
		key: text('key').notNull(),
		/** SHA-256 of method, path and body: the same key for something else is refused. */
		requestHash: text('request_hash').notNull(),
		status: integer('status').notNull(),
		response: json<Json>('response').notNull(),
		createdAt: moment('created_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.actorId, table.key] }),
		index('idempotency_keys_created').on(table.createdAt)
	]
);

/** The client's audit chain. Rows are refused updates and deletes by trigger. */
export const auditEvents = sqliteTable('audit_events', auditColumns(), (table) => [
	index('audit_events_type').on(table.type),
	index('audit_events_actor').on(table.actorId)
]);
