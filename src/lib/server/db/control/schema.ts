/** The control database: who may sign in, which clients exist, and who is assigned to which. */
import {
	index,
	integer,
	primaryKey,
	sqliteTable,
	text,
	uniqueIndex
} from 'drizzle-orm/sqlite-core';
import type { LocalText } from '../../../engine/diagnostics/diagnostic.ts';
import type { Role } from '../../auth/roles.ts';
import { auditColumns, flag, json, moment } from '../columns.ts';

/** Customer companies (客户公司). Each has a database file of its own, named by its id. */
export const clients = sqliteTable('clients', {
	/** A short word that stands in addresses and in the file name. */
	id: text('id').primaryKey(),
	name: json<LocalText>('name').notNull(),
	/** Made by the demo seed: its sign-ins are shown on the sign-in page. */
	demo: flag('demo').notNull().default(false),
	createdAt: moment('created_at').notNull(),
	createdBy: text('created_by').notNull(),
	/** Archived clients cannot be opened any more. */
	archivedAt: moment('archived_at')
});

export const users = sqliteTable(
	'users',
	{
		id: text('id').primaryKey(),
		/** What is typed at sign-in; lower case. */
		account: text('account').notNull(),
		name: text('name').notNull(),
		/** PHC string of argon2id. */
		passwordHash: text('password_hash').notNull(),
		locale: text('locale'),
		/** May create clients, accounts and assignments on this instance. */
		operator: flag('operator').notNull().default(false),
		demo: flag('demo').notNull().default(false),
		createdAt: moment('created_at').notNull(),
		passwordChangedAt: moment('password_changed_at').notNull(),
		/** A password set by somebody else has to be changed first. */
		mustChangePassword: flag('must_change_password').notNull().default(false),
		disabledAt: moment('disabled_at')
	},
	(table) => [uniqueIndex('users_account').on(table.account)]
);

/** Sessions, by the SHA-256 of their token: a copy of this table signs nobody in. */
export const sessions = sqliteTable(
	'sessions',
	{
		id: text('id').primaryKey(),
		userId: text('user_id')
			.notNull()
			.references(() => users.id),
		/** Seconds since 1970, moved forward while the session is used (idle limit). */
		expiresAt: integer('expires_at').notNull(),
		/** Seconds since 1970, never moved (absolute limit). */
		endsAt: integer('ends_at').notNull(),
		createdAt: moment('created_at').notNull(),
		lastSeenAt: moment('last_seen_at').notNull(),
		userAgent: text('user_agent')
	},
	(table) => [
		index('sessions_user').on(table.userId),
		index('sessions_expires').on(table.expiresAt)
	]
);

/** What a user may do at one client. A user may hold memberships at several. */
export const memberships = sqliteTable(
	'memberships',
	{
		userId: text('user_id')
			.notNull()
			.references(() => users.id),
		clientId: text('client_id')
			.notNull()
			.references(() => clients.id),
		roles: json<readonly Role[]>('roles').notNull(),
		/** Who this user is among the client's people; needed for one's own scorecard. */
		employeeId: text('employee_id'),
		/** The unit a department head leads. */
		unitId: text('unit_id'),
		/** The last moment of an implementer's assignment. */
		endsAt: moment('ends_at'),
		createdAt: moment('created_at').notNull(),
		createdBy: text('created_by').notNull(),
		revokedAt: moment('revoked_at')
	},
	(table) => [
		primaryKey({ columns: [table.userId, table.clientId] }),
		index('memberships_client').on(table.clientId)
	]
);

/** Tokens of the API, by their SHA-256; a token acts as its user at one client. */
export const apiTokens = sqliteTable(
	'api_tokens',
	{
		id: text('id').primaryKey(),
		tokenHash: text('token_hash').notNull(),
		name: text('name').notNull(),
		userId: text('user_id')
			.notNull()
			.references(() => users.id),
		clientId: text('client_id')
			.notNull()
			.references(() => clients.id),
		createdAt: moment('created_at').notNull(),
		expiresAt: moment('expires_at').notNull(),
		lastUsedAt: moment('last_used_at'),
		revokedAt: moment('revoked_at')
	},
	(table) => [
		uniqueIndex('api_tokens_hash').on(table.tokenHash),
		index('api_tokens_user').on(table.userId)
	]
);

/** Settings of the instance. */
export const settings = sqliteTable('settings', {
	key: text('key').primaryKey(),
	value: json<unknown>('value').notNull(),
	updatedAt: moment('updated_at').notNull(),
	updatedBy: text('updated_by').notNull()
});

/** The control database's own audit chain. Rows are refused updates and deletes by trigger. */
export const auditEvents = sqliteTable('audit_events', auditColumns(), (table) => [
	index('audit_events_type').on(table.type)
]);
