/**
 * The only module that imports lucia: sessions' creation, validation and end over our own tables.
 * Lucia sees the SHA-256 of a token as the session's id, so the token itself is never stored.
 * Leaving lucia means rewriting this file; rows and cookies stay as they are (see the contract test).
 */
import { eq, lte } from 'drizzle-orm';
import { Lucia, TimeSpan, type Adapter, type DatabaseSession, type DatabaseUser } from 'lucia';
import { sessions, users } from '../db/control/schema.ts';
import type { Queries, Tx } from '../db/database.ts';

/** What a session row holds besides id, user and expiry. */
export interface SessionAttributes {
	readonly endsAt: number;
	readonly createdAt: string;
	readonly lastSeenAt: string;
	readonly userAgent: string | null;
}

/** What a user row shows to whoever handles the request; never the password's hash. */
export interface UserAttributes {
	readonly account: string;
	readonly name: string;
	readonly locale: string | null;
	readonly operator: boolean;
	readonly demo: boolean;
	readonly mustChangePassword: boolean;
	readonly disabled: boolean;
}

declare module 'lucia' {
	interface Register {
		Lucia: ReturnType<typeof luciaOver>;
		DatabaseSessionAttributes: SessionAttributes;
		DatabaseUserAttributes: UserAttributes;
	}
}

/** Where the adapter reads and writes: a database, or one transaction for both. */
export interface SessionStore {
	readonly read: Queries;
	readonly write: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
}

/** A store that is one open transaction. */
export function storeOf(tx: Tx): SessionStore {
	return { read: tx, write: (work) => work(tx) };
}

/** Lucia over a store; cheap to make, so that a transaction can have its own. */
export function luciaOver(store: SessionStore, idleMinutes: number) {
	return new Lucia(new SessionAdapter(store), {
		sessionExpiresIn: new TimeSpan(idleMinutes, 'm'),
		getSessionAttributes: (attributes: SessionAttributes) => attributes,
		getUserAttributes: (attributes: UserAttributes) => attributes
	});
}

class SessionAdapter implements Adapter {
	readonly #store: SessionStore;

	constructor(store: SessionStore) {
		this.#store = store;
	}

	async getSessionAndUser(
		sessionId: string
	): Promise<[DatabaseSession | null, DatabaseUser | null]> {
		const [row] = await this.#store.read
			.select({ session: sessions, user: users })
			.from(sessions)
			.innerJoin(users, eq(users.id, sessions.userId))
			.where(eq(sessions.id, sessionId));
		return row ? [toSession(row.session), toUser(row.user)] : [null, null];
	}

	async getUserSessions(userId: string): Promise<DatabaseSession[]> {
		const rows = await this.#store.read.select().from(sessions).where(eq(sessions.userId, userId));
		return rows.map(toSession);
	}

	async setSession(session: DatabaseSession): Promise<void> {
		const { endsAt } = session.attributes;
		await this.#store.write((tx) =>
			tx.insert(sessions).values({
				id: session.id,
				userId: session.userId,
				...session.attributes,
				expiresAt: Math.min(seconds(session.expiresAt), endsAt)
			})
		);
	}

	/** Never moves past the absolute limit. */
	async updateSessionExpiration(sessionId: string, expiresAt: Date): Promise<void> {
		await this.#store.write(async (tx) => {
			const [row] = await tx
				.select({ endsAt: sessions.endsAt })
				.from(sessions)
				.where(eq(sessions.id, sessionId));
			if (!row) return;
			await tx
				.update(sessions)
				.set({ expiresAt: Math.min(seconds(expiresAt), row.endsAt) })
				.where(eq(sessions.id, sessionId));
		});
	}

	async deleteSession(sessionId: string): Promise<void> {
		await this.#store.write((tx) => tx.delete(sessions).where(eq(sessions.id, sessionId)));
	}

	async deleteUserSessions(userId: string): Promise<void> {
		await this.#store.write((tx) => tx.delete(sessions).where(eq(sessions.userId, userId)));
	}

	async deleteExpiredSessions(): Promise<void> {
		const now = seconds(new Date());
		await this.#store.write((tx) => tx.delete(sessions).where(lte(sessions.expiresAt, now)));
	}
}

/** Seconds since 1970, as sessions are stored. */
export function seconds(date: Date): number {
	return Math.floor(date.getTime() / 1000);
}

function toSession(row: typeof sessions.$inferSelect): DatabaseSession {
	const { id, userId, expiresAt, endsAt, createdAt, lastSeenAt, userAgent } = row;
	return {
		id,
		userId,
		expiresAt: new Date(expiresAt * 1000),
		attributes: { endsAt, createdAt, lastSeenAt, userAgent }
	};
}

function toUser(row: typeof users.$inferSelect): DatabaseUser {
	const { id, account, name, locale, operator, demo, mustChangePassword, disabledAt } = row;
	return {
		id,
		attributes: {
			account,
			name,
			locale,
			operator,
			demo,
			mustChangePassword,
			disabled: disabledAt !== null
		}
	};
}
