/** What people say about figures: which of two sources holds, why one is odd, who enters which. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { moment } from '../../columns.ts';

/**
 * Decisions between sources that told different values of one figure. A decision holds until a
 * newer fact is told. Append-only.
 */
export const reconciliations = sqliteTable(
	'reconciliations',
	{
		id: integer('id').primaryKey({ autoIncrement: true }),
		subjectKind: text('subject_kind', { enum: ['employee', 'unit'] }).notNull(),
		subjectId: text('subject_id').notNull(),
		metric: text('metric').notNull(),
		period: text('period').notNull(),
		/** The observation whose value was taken. */
		chosenId: integer('chosen_id').notNull(),
		/** The newest observation of the figure once this was decided. */
		lastId: integer('last_id').notNull(),
		reason: text('reason').notNull(),
		decidedAt: moment('decided_at').notNull(),
		decidedBy: text('decided_by').notNull()
	},
	(table) => [
		index('reconciliations_figure').on(
			table.metric,
			table.period,
			table.subjectKind,
			table.subjectId
		)
	]
);

/** Why a figure far from its own history is as it is. The newest note of a figure counts. */
export const anomalyNotes = sqliteTable(
	'anomaly_notes',
	{
		id: integer('id').primaryKey({ autoIncrement: true }),
		employeeId: text('employee_id').notNull(),
		metric: text('metric').notNull(),
		period: text('period').notNull(),
		cause: text('cause', { enum: ['target', 'external', 'execution', 'data'] }).notNull(),
		reason: text('reason').notNull(),
		/** Where the proof lies: a document number or an address. */
		evidence: text('evidence'),
		writtenAt: moment('written_at').notNull(),
		writtenBy: text('written_by').notNull()
	},
	(table) => [index('anomaly_notes_figure').on(table.metric, table.period, table.employeeId)]
);

/** Who enters a metric by hand, for the people of a unit and those below it. */
export const entryAssignments = sqliteTable(
	'entry_assignments',
	{
		id: text('id').primaryKey(),
		metric: text('metric').notNull(),
		/** Null for everybody. */
		unitId: text('unit_id'),
		userId: text('user_id').notNull(),
		/** Due on this working day of the month that follows. */
		dueWorkingDay: integer('due_working_day').notNull(),
		createdAt: moment('created_at').notNull(),
		createdBy: text('created_by').notNull(),
		endedAt: moment('ended_at'),
		endedBy: text('ended_by')
	},
	(table) => [index('entry_assignments_user').on(table.userId)]
);
