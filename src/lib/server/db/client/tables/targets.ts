/** Targets: proposed by heads, agreed or returned by HR, then facts like observations. */
import { sql } from 'drizzle-orm';
import { index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { LocalText } from '../../../../engine/diagnostics/diagnostic.ts';
import type { JsonObject } from '../../../../engine/logic/rule.ts';
import { factColumns, json, moment } from '../../columns.ts';

/** Agreed targets. The current one is the newest not withdrawn. Append-only. */
export const targets = sqliteTable(
	'targets',
	{
		id: integer('id').primaryKey({ autoIncrement: true }),
		/** A unit's target is per head, for its people without one of their own. */
		subjectKind: text('subject_kind', { enum: ['employee', 'unit'] }).notNull(),
		subjectId: text('subject_id').notNull(),
		metric: text('metric').notNull(),
		period: text('period').notNull(),
		value: real('value'),
		raw: text('raw'),
		currency: text('currency'),
		originalValue: real('original_value'),
		originalCurrency: text('original_currency'),
		/** The proposal it was agreed from; null when imported. */
		proposalId: text('proposal_id'),
		...factColumns()
	},
	(table) => [
		index('targets_metric').on(table.metric, table.period),
		index('targets_subject').on(table.subjectKind, table.subjectId, table.period),
		index('targets_period').on(table.period),
		index('targets_batch').on(table.batchId),
		index('targets_proposal').on(table.proposalId)
	]
);

/** That an employee confirmed having read their target. */
export const targetConfirmations = sqliteTable('target_confirmations', {
	targetId: integer('target_id')
		.primaryKey()
		.references(() => targets.id),
	confirmedAt: moment('confirmed_at').notNull(),
	confirmedBy: text('confirmed_by').notNull()
});

/** A round of target setting. */
export const targetCycles = sqliteTable('target_cycles', {
	id: text('id').primaryKey(),
	name: json<LocalText>('name').notNull(),
	periodFrom: text('period_from').notNull(),
	periodTo: text('period_to').notNull(),
	metrics: json<readonly string[]>('metrics').notNull(),
	/** The band within which a proposal may be agreed without a further look, and the like. */
	settings: json<JsonObject>('settings').notNull(),
	dueOn: text('due_on'),
	openedAt: moment('opened_at').notNull(),
	openedBy: text('opened_by').notNull(),
	closedAt: moment('closed_at'),
	closedBy: text('closed_by')
});

/** What a head proposes for one subject, metric and period. Its state is its newest review. */
export const targetProposals = sqliteTable(
	'target_proposals',
	{
		id: text('id').primaryKey(),
		cycleId: text('cycle_id')
			.notNull()
			.references(() => targetCycles.id),
		/** The unit whose head proposes. */
		unitId: text('unit_id').notNull(),
		/** Null for a target of the unit itself. */
		employeeId: text('employee_id'),
		metric: text('metric').notNull(),
		period: text('period').notNull(),
		value: real('value'),
		currency: text('currency'),
		reason: text('reason'),
		/** The figures from history that stood beside the field. */
		references: json<JsonObject>('references'),
		/** Counts saves; a save quotes the revision it saw. */
		revision: integer('revision').notNull(),
		updatedAt: moment('updated_at').notNull(),
		updatedBy: text('updated_by').notNull(),
		/** The revision that was submitted; a later save takes the submission back. */
		submittedRevision: integer('submitted_revision'),
		submittedAt: moment('submitted_at'),
		submittedBy: text('submitted_by')
	},
	(table) => [
		uniqueIndex('target_proposals_once').on(
			table.cycleId,
			table.unitId,
			table.employeeId,
			table.metric,
			table.period
		),
		uniqueIndex('target_proposals_unit_once')
			.on(table.cycleId, table.unitId, table.metric, table.period)
			.where(sql`${table.employeeId} IS NULL`),
		index('target_proposals_employee').on(table.employeeId)
	]
);

/** Answers to proposals. Rows never change. */
export const targetReviews = sqliteTable(
	'target_reviews',
	{
		id: text('id').primaryKey(),
		proposalId: text('proposal_id')
			.notNull()
			.references(() => targetProposals.id),
		proposalRevision: integer('proposal_revision').notNull(),
		verdict: text('verdict', { enum: ['agree', 'return', 'comment'] }).notNull(),
		comment: text('comment'),
		reviewedAt: moment('reviewed_at').notNull(),
		reviewedBy: text('reviewed_by').notNull()
	},
	(table) => [index('target_reviews_proposal').on(table.proposalId, table.reviewedAt)]
);
