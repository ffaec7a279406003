/** What a client says about its own words and days: attributes of people, days worked and not. */
import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { LocalText } from '../../../../engine/diagnostics/diagnostic.ts';
import { json, moment } from '../../columns.ts';
import type { PackOrigin } from './metrics.ts';

export const ATTRIBUTE_TYPES = ['text', 'number', 'date', 'boolean', 'choice'] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** One value of a choice, with what people read instead of it. */
export interface AttributeChoice {
	readonly value: string;
	readonly name: LocalText;
	/** The pack that brought the name; absent where the client wrote it. */
	readonly origin?: PackOrigin;
}

/** What the client calls an attribute of its people, and what it may hold. */
export const attributes = sqliteTable('attributes', {
	id: text('id').primaryKey(),
	name: json<LocalText>('name').notNull(),
	type: text('type', { enum: ATTRIBUTE_TYPES }).notNull(),
	/** The known values; for a choice nothing else is accepted, for a text they are names only. */
	choices: json<readonly AttributeChoice[]>('choices').notNull(),
	/** No longer offered where new values are entered. */
	retiredAt: moment('retired_at'),
	updatedAt: moment('updated_at').notNull(),
	updatedBy: text('updated_by').notNull()
});

/** Days that differ from the week: holidays, and weekends that are worked. */
export const calendarDays = sqliteTable('calendar_days', {
	/** Date `YYYY-MM-DD`. */
	day: text('day').primaryKey(),
	kind: text('kind', { enum: ['work', 'rest'] }).notNull(),
	name: text('name').notNull(),
	updatedAt: moment('updated_at').notNull(),
	updatedBy: text('updated_by').notNull()
});
