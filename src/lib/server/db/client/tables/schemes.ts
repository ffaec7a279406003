/**
 * The life of a scheme. Whether a draft is submitted, approved or published is computed from these
 * rows and never stored beside them.
 */
import { sql } from 'drizzle-orm';
import {
	index,
	integer,
	primaryKey,
	sqliteTable,
	text,
	uniqueIndex
} from 'drizzle-orm/sqlite-core';
import type { LocalText } from '../../../../engine/diagnostics/diagnostic.ts';
import type { JsonObject } from '../../../../engine/logic/rule.ts';
import type { ReplayReport } from '../../../../engine/replay/report.ts';
import type { SchemeDocument, SchemeOrigin } from '../../../../engine/scheme/document.ts';
import type { MetricDefinition } from '../../../../engine/scheme/metric.ts';
import { json, moment } from '../../columns.ts';

export const schemes = sqliteTable('schemes', {
	/** A word such as `sales`; the `id` of its documents. */
	id: text('id').primaryKey(),
	name: json<LocalText>('name').notNull(),
	origin: json<SchemeOrigin>('origin'),
	createdAt: moment('created_at').notNull(),
	createdBy: text('created_by').notNull(),
	archivedAt: moment('archived_at')
});

/** Work in progress on a scheme. `document` may have findings; it is always JSON. */
export const drafts = sqliteTable(
	'drafts',
	{
		id: text('id').primaryKey(),
		schemeId: text('scheme_id')
			.notNull()
			.references(() => schemes.id),
		/** The version this draft started from and is compared with; null before the first. */
		baseVersion: integer('base_version'),
		/** Counts saves; a save quotes the revision it saw. */
		revision: integer('revision').notNull(),
		document: json<JsonObject>('document').notNull(),
		/** Content hash of the document. */
		hash: text('hash').notNull(),
		createdAt: moment('created_at').notNull(),
		createdBy: text('created_by').notNull(),
		updatedAt: moment('updated_at').notNull(),
		updatedBy: text('updated_by').notNull(),
		closedAt: moment('closed_at'),
		closedBy: text('closed_by'),
		closedAs: text('closed_as', { enum: ['published', 'discarded'] }),
		publishedVersion: integer('published_version')
	},
	(table) => [index('drafts_scheme').on(table.schemeId, table.closedAt)]
);

/** Every saved revision of every draft. Rows never change. */
export const draftRevisions = sqliteTable(
	'draft_revisions',
	{
		draftId: text('draft_id')
			.notNull()
			.references(() => drafts.id),
		revision: integer('revision').notNull(),
		document: json<JsonObject>('document').notNull(),
		hash: text('hash').notNull(),
		savedAt: moment('saved_at').notNull(),
		savedBy: text('saved_by').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.draftId, table.revision] }),
		index('draft_revisions_author').on(table.draftId, table.savedBy)
	]
);

/** Published versions. The database refuses updates and deletes of these rows. */
export const versions = sqliteTable(
	'versions',
	{
		schemeId: text('scheme_id')
			.notNull()
			.references(() => schemes.id),
		/** Gapless from 1. */
		number: integer('number').notNull(),
		document: json<SchemeDocument>('document').notNull(),
		/** The metric definitions the document uses, frozen with it. */
		metrics: json<readonly MetricDefinition[]>('metrics').notNull(),
		/** Over document and metrics together. */
		hash: text('hash').notNull(),
		/** Content hash of the document alone: what was submitted and approved. */
		documentHash: text('document_hash').notNull(),
		/** First period that is scored by this version. */
		effectiveFrom: text('effective_from').notNull(),
		baseVersion: integer('base_version'),
		draftId: text('draft_id').notNull(),
		submissionId: text('submission_id').notNull(),
		replayId: text('replay_id').notNull(),
		submittedBy: text('submitted_by').notNull(),
		approvedBy: text('approved_by').notNull(),
		approvedAt: moment('approved_at').notNull(),
		publishedBy: text('published_by').notNull(),
		publishedAt: moment('published_at').notNull(),
		note: text('note')
	},
	(table) => [
		primaryKey({ columns: [table.schemeId, table.number] }),
		uniqueIndex('versions_submission').on(table.submissionId)
	]
);

export const REPLAY_STATUSES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type ReplayStatus = (typeof REPLAY_STATUSES)[number];

/** Replays of drafts over history, stored with the hashes of everything that went in. */
export const replays = sqliteTable(
	'replays',
	{
		id: text('id').primaryKey(),
		draftId: text('draft_id')
			.notNull()
			.references(() => drafts.id),
		draftRevision: integer('draft_revision').notNull(),
		draftHash: text('draft_hash').notNull(),
		/** The version it was compared with; null means none was in force. */
		baselineVersion: integer('baseline_version'),
		baselineHash: text('baseline_hash'),
		periodFrom: text('period_from').notNull(),
		periodTo: text('period_to').notNull(),
		/** “As we knew it” at this moment; null is everything known when it ran. */
		knownAt: moment('known_at'),
		datasetHash: text('dataset_hash'),
		engineVersion: text('engine_version'),
		status: text('status', { enum: REPLAY_STATUSES }).notNull(),
		jobId: text('job_id'),
		report: json<ReplayReport>('report'),
		/** One sentence that says what the replay found. */
		verdict: json<LocalText>('verdict'),
		error: json<{ readonly code: string; readonly text: LocalText }>('error'),
		createdAt: moment('created_at').notNull(),
		createdBy: text('created_by').notNull(),
		finishedAt: moment('finished_at')
	},
	(table) => [
		index('replays_draft').on(table.draftId, table.createdAt),
		index('replays_hash').on(table.draftHash)
	]
);

/** Requests for approval of exactly one draft hash. */
export const submissions = sqliteTable(
	'submissions',
	{
		id: text('id').primaryKey(),
		draftId: text('draft_id')
			.notNull()
			.references(() => drafts.id),
		draftRevision: integer('draft_revision').notNull(),
		draftHash: text('draft_hash').notNull(),
		replayId: text('replay_id')
			.notNull()
			.references(() => replays.id),
		baseVersion: integer('base_version'),
		note: text('note'),
		submittedAt: moment('submitted_at').notNull(),
		submittedBy: text('submitted_by').notNull(),
		withdrawnAt: moment('withdrawn_at'),
		withdrawnBy: text('withdrawn_by')
	},
	(table) => [
		index('submissions_draft').on(table.draftId, table.submittedAt),
		index('submissions_open')
			.on(table.submittedAt)
			.where(sql`${table.withdrawnAt} IS NULL`)
	]
);

/** What another person decided about a submission: once, and never changed. */
export const decisions = sqliteTable('decisions', {
	submissionId: text('submission_id')
		.primaryKey()
		.references(() => submissions.id),
	verdict: text('verdict', { enum: ['approve', 'return'] }).notNull(),
	/** The hash the approver had on screen. */
	draftHash: text('draft_hash').notNull(),
	reason: text('reason').notNull(),
	decidedAt: moment('decided_at').notNull(),
	decidedBy: text('decided_by').notNull()
});

/** Guardrails a submission asks to pass in spite of, each with a reason and a second person. */
export const guardrailOverrides = sqliteTable(
	'guardrail_overrides',
	{
		submissionId: text('submission_id')
			.notNull()
			.references(() => submissions.id),
		/** Code of the failed check of the replay's report. */
		checkCode: text('check_code').notNull(),
		reason: text('reason').notNull(),
		askedAt: moment('asked_at').notNull(),
		askedBy: text('asked_by').notNull(),
		grantedAt: moment('granted_at'),
		grantedBy: text('granted_by')
	},
	(table) => [primaryKey({ columns: [table.submissionId, table.checkCode] })]
);
