/** The client's units and people. What is true of a person is dated and never overwritten. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { LocalText } from '../../../../engine/diagnostics/diagnostic.ts';
import type { Json } from '../../../../engine/logic/rule.ts';
import { factColumns, json, moment } from '../../columns.ts';

/** Subsidiaries, departments, teams: the org tree as it is now. `unit_moves` keeps its past. */
export const units = sqliteTable(
	'units',
	{
		id: text('id').primaryKey(),
		/** Null for the root. */
		parentId: text('parent_id'),
		name: json<LocalText>('name').notNull(),
		/** A word such as `company`, `subsidiary`, `department`, `team`. */
		kind: text('kind').notNull(),
		batchId: text('batch_id'),
		createdAt: moment('created_at').notNull(),
		closedAt: moment('closed_at')
	},
	(table) => [index('units_parent').on(table.parentId)]
);

/** Which unit a unit belonged to, from a date on. Only the withdrawal of a row may change. */
export const unitMoves = sqliteTable(
	'unit_moves',
	{
		id: integer('id').primaryKey({ autoIncrement: true }),
		unitId: text('unit_id').notNull(),
		parentId: text('parent_id'),
		validFrom: text('valid_from').notNull(),
		...factColumns()
	},
	(table) => [
		index('unit_moves_unit').on(table.unitId, table.validFrom),
		index('unit_moves_batch').on(table.batchId)
	]
);

/** People who are scored. Everything dated about them is in `employee_facts`. */
export const employees = sqliteTable('employees', {
	/** The client's own number or word for the person. */
	id: text('id').primaryKey(),
	name: text('name').notNull(),
	batchId: text('batch_id'),
	createdAt: moment('created_at').notNull(),
	/** Set when the import that made this person was rolled back. */
	withdrawnAt: moment('withdrawn_at'),
	withdrawnBy: text('withdrawn_by')
});

/**
 * What is true of a person from a date on: `unit`, `position`, `level`, `site`, `manager`,
 * `base_pay`, `status`, `hired_on`, and any further attribute. Append-only.
 */
export const employeeFacts = sqliteTable(
	'employee_facts',
	{
		id: integer('id').primaryKey({ autoIncrement: true }),
		employeeId: text('employee_id').notNull(),
		attribute: text('attribute').notNull(),
		value: json<Json>('value').notNull(),
		/** Date `YYYY-MM-DD`. */
		validFrom: text('valid_from').notNull(),
		...factColumns()
	},
	(table) => [
		index('employee_facts_employee').on(table.employeeId, table.attribute, table.validFrom),
		index('employee_facts_attribute').on(table.attribute, table.validFrom),
		index('employee_facts_batch').on(table.batchId)
	]
);
