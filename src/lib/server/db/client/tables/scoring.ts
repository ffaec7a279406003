/** Scoring runs: the version in force applied to a period, and the scorecards that came out. */
import { index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { LocalText } from '../../../../engine/diagnostics/diagnostic.ts';
import type { JsonObject } from '../../../../engine/logic/rule.ts';
import { SCORECARD_STATUSES } from '../../../../engine/score/scorecard.ts';
import { json, moment } from '../../columns.ts';

export const RUN_STATUSES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const scoringRuns = sqliteTable(
	'scoring_runs',
	{
		id: text('id').primaryKey(),
		period: text('period').notNull(),
		/** Every version that was applied: `{scheme, version, hash}`. */
		versions:
			json<readonly { readonly scheme: string; readonly version: number; readonly hash: string }[]>(
				'versions'
			).notNull(),
		datasetHash: text('dataset_hash'),
		engineVersion: text('engine_version'),
		status: text('status', { enum: RUN_STATUSES }).notNull(),
		jobId: text('job_id'),
		counts: json<Readonly<Record<string, number>>>('counts'),
		error: json<{ readonly code: string; readonly text: LocalText }>('error'),
		createdAt: moment('created_at').notNull(),
		createdBy: text('created_by').notNull(),
		finishedAt: moment('finished_at'),
		/** Employees see the scorecards of a run once it was released. */
		releasedAt: moment('released_at'),
		releasedBy: text('released_by')
	},
	(table) => [index('scoring_runs_period').on(table.period, table.createdAt)]
);

/** What one person got in one run. Rows never change. */
export const scorecards = sqliteTable(
	'scorecards',
	{
		id: text('id').primaryKey(),
		runId: text('run_id')
			.notNull()
			.references(() => scoringRuns.id),
		employeeId: text('employee_id').notNull(),
		/** The unit the person was in during the period. */
		unitId: text('unit_id'),
		period: text('period').notNull(),
		/** Null when no scheme applied (`uncovered`). */
		schemeId: text('scheme_id'),
		version: integer('version'),
		versionHash: text('version_hash'),
		status: text('status', { enum: SCORECARD_STATUSES }).notNull(),
		score: real('score'),
		grade: text('grade'),
		/** Money is an integer of minor units (分) and a currency. */
		payoutMinor: integer('payout_minor'),
		currency: text('currency'),
		/** Items, adjustments, gates, reasons and insights as the engine gave them. */
		detail: json<JsonObject>('detail').notNull(),
		/** The variables it was scored from, by path. */
		inputs: json<JsonObject>('inputs').notNull(),
		/** SHA-256 over everything above that decides the result. */
		hash: text('hash').notNull(),
		createdAt: moment('created_at').notNull()
	},
	(table) => [
		uniqueIndex('scorecards_once').on(table.runId, table.employeeId),
		index('scorecards_employee').on(table.employeeId, table.period),
		index('scorecards_period').on(table.period)
	]
);
