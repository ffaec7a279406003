/** Definitions of what is measured, and the measurements: facts, never overwritten. */
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { LocalText } from '../../../../engine/diagnostics/diagnostic.ts';
import type { JsonObject } from '../../../../engine/logic/rule.ts';
import type { MetricDefinition } from '../../../../engine/scheme/metric.ts';
import { factColumns, flag, json, moment } from '../../columns.ts';

/** Where a definition came from: a pack and its version. */
export interface PackOrigin {
	readonly pack: string;
	readonly version: string;
}

/** Revisions of metric definitions; the highest revision is in use. Rows never change. */
export const metrics = sqliteTable(
	'metrics',
	{
		id: text('id').notNull(),
		revision: integer('revision').notNull(),
		definition: json<MetricDefinition>('definition').notNull(),
		/** SHA-256 of the definition's canonical form. */
		hash: text('hash').notNull(),
		origin: json<PackOrigin>('origin'),
		/** A revision that says: this metric is no longer offered. */
		retired: flag('retired').notNull().default(false),
		recordedAt: moment('recorded_at').notNull(),
		recordedBy: text('recorded_by').notNull()
	},
	(table) => [primaryKey({ columns: [table.id, table.revision] })]
);

/** Parameters: figures that rules read by name, such as a price floor. */
export const parameters = sqliteTable('parameters', {
	id: text('id').primaryKey(),
	name: json<LocalText>('name').notNull(),
	unit: text('unit').notNull(),
	origin: json<PackOrigin>('origin'),
	createdAt: moment('created_at').notNull(),
	/** Set when the pack that brought it was uninstalled; its values were withdrawn. */
	retiredAt: moment('retired_at')
});

/** Dated values of parameters, client-wide (`unit_id` null) or for a unit and those below it. */
export const parameterValues = sqliteTable(
	'parameter_values',
	{
		id: integer('id').primaryKey({ autoIncrement: true }),
		parameterId: text('parameter_id')
			.notNull()
			.references(() => parameters.id),
		unitId: text('unit_id'),
		/** A period id such as `2025-01`. */
		validFrom: text('valid_from').notNull(),
		value: real('value'),
		...factColumns()
	},
	(table) => [
		index('parameter_values_parameter').on(table.parameterId, table.validFrom),
		index('parameter_values_batch').on(table.batchId)
	]
);

/** One figure of one subject in one period, as it was told, when and by whom. Append-only. */
export const observations = sqliteTable(
	'observations',
	{
		id: integer('id').primaryKey({ autoIncrement: true }),
		subjectKind: text('subject_kind', { enum: ['employee', 'unit'] }).notNull(),
		subjectId: text('subject_id').notNull(),
		metric: text('metric').notNull(),
		/** A period id (`2025-01`, `2025-Q1`, `2025`) or a day (`2025-01-31`). */
		period: text('period').notNull(),
		value: real('value'),
		/** The text the value came from. */
		raw: text('raw'),
		/** Of `value`, in the client's reporting currency; null unless money. */
		currency: text('currency'),
		originalValue: real('original_value'),
		originalCurrency: text('original_currency'),
		...factColumns()
	},
	(table) => [
		index('observations_metric').on(table.metric, table.period),
		index('observations_subject').on(table.subjectKind, table.subjectId, table.period),
		index('observations_period').on(table.period),
		index('observations_batch').on(table.batchId)
	]
);

/**
 * How much of the client's reporting currency one unit of another is worth, from a day on.
 * Append-only: of two rates for one day the newest not withdrawn counts.
 */
export const currencyRates = sqliteTable(
	'currency_rates',
	{
		id: integer('id').primaryKey({ autoIncrement: true }),
		currency: text('currency').notNull(),
		/** Date `YYYY-MM-DD`. */
		validFrom: text('valid_from').notNull(),
		rate: real('rate').notNull(),
		...factColumns()
	},
	(table) => [
		index('currency_rates_currency').on(table.currency, table.validFrom),
		index('currency_rates_batch').on(table.batchId)
	]
);

/** Record types of the client: the shape of shipments, orders, visits. Highest revision in use. */
export const recordTypes = sqliteTable(
	'record_types',
	{
		id: text('id').notNull(),
		revision: integer('revision').notNull(),
		definition: json<JsonObject>('definition').notNull(),
		origin: json<PackOrigin>('origin'),
		/** A revision that says: this type is no longer offered. */
		retired: flag('retired').notNull().default(false),
		recordedAt: moment('recorded_at').notNull(),
		recordedBy: text('recorded_by').notNull()
	},
	(table) => [primaryKey({ columns: [table.id, table.revision] })]
);

/** Records: single shipments, orders, visits, from which metrics are counted. Append-only. */
export const records = sqliteTable(
	'records',
	{
		id: integer('id').primaryKey({ autoIncrement: true }),
		type: text('type').notNull(),
		/** The key columns' values joined, which identify a record of its type. */
		key: text('key').notNull(),
		subjectKind: text('subject_kind', { enum: ['employee', 'unit'] }).notNull(),
		subjectId: text('subject_id').notNull(),
		/** Date `YYYY-MM-DD`. */
		date: text('date').notNull(),
		data: json<JsonObject>('data').notNull(),
		/** One-based line of the batch's file. */
		line: integer('line'),
		...factColumns()
	},
	(table) => [
		index('records_type').on(table.type, table.date),
		index('records_key').on(table.type, table.key),
		index('records_subject').on(table.subjectKind, table.subjectId, table.type, table.date),
		index('records_batch').on(table.batchId)
	]
);

/**
 * How often the records of a type changed in a month. Kept by triggers, so that whoever writes or
 * withdraws records cannot forget it: what was computed from a month is kept by this number.
 */
export const recordMonths = sqliteTable(
	'record_months',
	{
		type: text('type').notNull(),
		/** `2025-01`. */
		month: text('month').notNull(),
		revision: integer('revision').notNull()
	},
	(table) => [primaryKey({ columns: [table.type, table.month] })]
);

/**
 * A month of records that was closed (scored, or past its correction window) and reads later records
 * as well, because somebody said so and why. Rows never change.
 */
export const recordCorrections = sqliteTable(
	'record_corrections',
	{
		id: text('id').primaryKey(),
		type: text('type').notNull(),
		month: text('month').notNull(),
		/** Records known until then counted before; */
		knownBefore: moment('known_before').notNull(),
		/** records known until then count now. */
		knownAt: moment('known_at').notNull(),
		reason: text('reason').notNull(),
		/** How many figures of metrics changed by it. */
		figures: integer('figures').notNull(),
		recordedAt: moment('recorded_at').notNull(),
		recordedBy: text('recorded_by').notNull()
	},
	(table) => [index('record_corrections_month').on(table.type, table.month)]
);

/** Who is expected to have records, and how often: the highest revision is in use. */
export const recordExpectations = sqliteTable(
	'record_expectations',
	{
		id: text('id').notNull(),
		revision: integer('revision').notNull(),
		definition: json<JsonObject>('definition').notNull(),
		retired: flag('retired').notNull().default(false),
		recordedAt: moment('recorded_at').notNull(),
		recordedBy: text('recorded_by').notNull()
	},
	(table) => [primaryKey({ columns: [table.id, table.revision] })]
);
