/** Rule packs that were installed at this client, and the templates they brought. */
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { LocalText } from '../../../../engine/diagnostics/diagnostic.ts';
import type { JsonObject } from '../../../../engine/logic/rule.ts';
import type { SchemeDocument } from '../../../../engine/scheme/document.ts';
import { json, moment } from '../../columns.ts';
import type { PackOrigin } from './metrics.ts';

/** One row for each installation; an upgrade ends one and starts the next. */
export const installedPacks = sqliteTable(
	'installed_packs',
	{
		id: integer('id').primaryKey({ autoIncrement: true }),
		packId: text('pack_id').notNull(),
		version: text('version').notNull(),
		/** SHA-256 over the pack's files. */
		hash: text('hash').notNull(),
		manifest: json<JsonObject>('manifest').notNull(),
		/** Text of every file by path: the base of a later upgrade's three-way merge. */
		files: json<Readonly<Record<string, string>>>('files').notNull(),
		/** The answers that were given at installation. */
		params: json<JsonObject>('params').notNull(),
		installedAt: moment('installed_at').notNull(),
		installedBy: text('installed_by').notNull(),
		removedAt: moment('removed_at'),
		removedBy: text('removed_by')
	},
	(table) => [
		uniqueIndex('installed_packs_once')
			.on(table.packId)
			.where(sql`${table.removedAt} IS NULL`)
	]
);

/** Scheme documents bound to nobody yet, from packs or the client's own library. */
export const templates = sqliteTable(
	'templates',
	{
		id: text('id').primaryKey(),
		name: json<LocalText>('name').notNull(),
		document: json<SchemeDocument>('document').notNull(),
		hash: text('hash').notNull(),
		origin: json<PackOrigin>('origin'),
		createdAt: moment('created_at').notNull(),
		createdBy: text('created_by').notNull(),
		retiredAt: moment('retired_at')
	},
	(table) => [index('templates_retired').on(table.retiredAt)]
);
