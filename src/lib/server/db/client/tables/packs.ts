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
		/** What the installation replaced, by `kind:id`: an uninstallation puts it back. */
		replaced: json<JsonObject>('replaced')
			.notNull()
			.default(sql`'{}'`),
		/** Name of the key that signed the archive; null for a pack without a signature. */
		signer: text('signer'),
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

/** Packs that were handed to this client as archives. They wait to be installed; nothing uses them. */
export const receivedPacks = sqliteTable(
	'received_packs',
	{
		id: integer('id').primaryKey({ autoIncrement: true }),
		packId: text('pack_id').notNull(),
		version: text('version').notNull(),
		/** SHA-256 over the pack's files. */
		hash: text('hash').notNull(),
		/** SHA-256 of the archive as it came. */
		archiveHash: text('archive_hash').notNull(),
		files: json<Readonly<Record<string, string>>>('files').notNull(),
		signer: text('signer'),
		receivedAt: moment('received_at').notNull(),
		receivedBy: text('received_by').notNull()
	},
	(table) => [uniqueIndex('received_packs_once').on(table.packId, table.version)]
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
