/**
 * The only module that imports @libsql/client (drizzle's libsql part, in queries.ts, does too).
 *
 * One `Connection` is one client whose pool holds exactly one connection, because PRAGMAs reach
 * only the connection that ran them. After SQLITE_BUSY the client can go on answering “written”
 * without writing (libsql-client-ts#352): a connection that met BUSY is never used again before
 * `renew()` replaced it.
 */
import { createClient, LibsqlError } from '@libsql/client';
import type { Client, InArgs, InStatement, ResultSet, Transaction } from '@libsql/client';
import { commonProblems } from '../http/problems.ts';
import { refuse } from '../http/problem.ts';

export type { Client, InArgs, InStatement, InValue, ResultSet, Transaction } from '@libsql/client';

/** A statement with its values. */
export interface Statement {
	readonly sql: string;
	readonly args: readonly SqlValue[];
}
export type SqlValue = string | number | bigint | boolean | null | Uint8Array;

export interface ConnectionOptions {
	/** `writer` begins transactions; `reader` is refused every change by the database itself. */
	readonly mode: 'writer' | 'reader';
	/** How long a statement may block this thread for somebody else's lock; at most 200 ms. */
	readonly busyTimeoutMs: number;
	/** Encrypts the file, its WAL and backups made through this connection. */
	readonly encryptionKey?: string | undefined;
}

/** The state that every connection must be in; checked after it was set. */
const PRAGMAS = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1 } as const;

/** The event loop gets a turn after this many statements: tight loops hold 6.5 kB a statement. */
const STATEMENTS_PER_TURN = 100;
const TURN_MS = 20;

/** How long the holder of a foreign lock is given, without blocking, before the one retry. */
const PAUSE_BEFORE_RETRY_MS = 150;

/** True when SQLite said that somebody else holds the file. */
export function isBusy(error: unknown): boolean {
	return hasCode(error, ['SQLITE_BUSY', 'SQLITE_LOCKED']);
}

/** True when there is no space left for the database. */
export function isFull(error: unknown): boolean {
	return hasCode(error, ['SQLITE_FULL']);
}

/** True when a constraint or a trigger of the schema refused the statement. */
export function isConstraint(error: unknown): boolean {
	return hasCode(error, ['SQLITE_CONSTRAINT']);
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
	for (let at: unknown = error; at instanceof Error; at = at.cause) {
		if (at instanceof LibsqlError && codes.includes(at.code)) return true;
	}
	return false;
}

/** Waits without blocking the thread. */
export function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits before the single retry after BUSY. */
export function pauseBeforeRetry(): Promise<void> {
	return pause(PAUSE_BEFORE_RETRY_MS);
}

export class Connection {
	readonly #client: Client;
	readonly #options: ConnectionOptions;
	#ready = false;
	#broken = false;
	#statements = 0;
	#turnStarted = performance.now();

	constructor(path: string, options: ConnectionOptions) {
		if (options.busyTimeoutMs > 200) {
			throw new Error('A busy timeout above 200 ms would freeze the server; choose less.');
		}
		this.#options = options;
		this.#client = createClient({
			url: `file:${path}`,
			concurrency: 1,
			timeout: options.busyTimeoutMs,
			intMode: 'number',
			...(options.encryptionKey === undefined ? {} : { encryptionKey: options.encryptionKey })
		});
	}

	/** Sets the PRAGMAs and asserts them. Throws when the connection is not as it must be. */
	async prepare(): Promise<void> {
		const { mode, busyTimeoutMs } = this.#options;
		const client = this.#client;
		if ((await pragma(client, 'journal_mode')) !== PRAGMAS.journal_mode) {
			await client.execute(`PRAGMA journal_mode = ${PRAGMAS.journal_mode}`);
		}
		await client.execute(`PRAGMA synchronous = ${PRAGMAS.synchronous}`);
		await client.execute(`PRAGMA foreign_keys = ${PRAGMAS.foreign_keys}`);
		await client.execute(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
		await client.execute('PRAGMA recursive_triggers = 1');
		await client.execute(`PRAGMA query_only = ${mode === 'reader' ? 1 : 0}`);
		const expected = {
			...PRAGMAS,
			busy_timeout: busyTimeoutMs,
			recursive_triggers: 1,
			query_only: mode === 'reader' ? 1 : 0
		};
		for (const [name, value] of Object.entries(expected)) {
			const found = await pragma(client, name);
			if (found !== value) {
				throw new Error(`The database connection has ${name} = ${found}, expected ${value}.`);
			}
		}
		this.#ready = true;
		this.#broken = false;
	}

	/** True after BUSY or an I/O error: only `renew()` makes the connection trustworthy again. */
	get broken(): boolean {
		return this.#broken;
	}

	/** Replaces the connection by a fresh one in the state that every connection must be in. */
	async renew(): Promise<void> {
		this.#ready = false;
		await this.#client.reconnect();
		await this.prepare();
	}

	/** Runs one statement outside a transaction; after BUSY on a fresh connection once more. */
	async execute(statement: InStatement): Promise<ResultSet> {
		await this.#turn();
		try {
			if (!this.#ready || this.#broken) await this.renew();
			return await this.#client.execute(statement);
		} catch (error) {
			this.#note(error);
			if (!isBusy(error)) throw error;
		}
		await pauseBeforeRetry();
		try {
			await this.renew();
			return await this.#client.execute(statement);
		} catch (error) {
			this.#note(error);
			throw isBusy(error)
				? refuse(commonProblems, 'busy', { retryAfterSeconds: 2, cause: error })
				: error;
		}
	}

	/** Begins a transaction that holds the write lock from its first statement on. */
	async begin(): Promise<OpenTransaction> {
		try {
			if (!this.#ready || this.#broken) await this.renew();
			const transaction = await this.#client.transaction('write');
			return new OpenTransaction(
				transaction,
				() => this.#turn(),
				(error) => this.#note(error)
			);
		} catch (error) {
			this.#note(error);
			throw error;
		}
	}

	close(): void {
		this.#ready = false;
		this.#client.close();
	}

	#note(error: unknown): void {
		// A refused constraint leaves the connection sound; anything else is not worth the doubt.
		if (error instanceof LibsqlError && error.code !== 'SQLITE_CONSTRAINT') this.#broken = true;
	}

	async #turn(): Promise<void> {
		this.#statements += 1;
		if (this.#statements % STATEMENTS_PER_TURN !== 0) {
			if (performance.now() - this.#turnStarted < TURN_MS) return;
		}
		await new Promise(setImmediate);
		this.#turnStarted = performance.now();
	}
}

/** A transaction on the writing connection; after it ended every statement is refused. */
export class OpenTransaction {
	readonly #transaction: Transaction;
	readonly #turn: () => Promise<void>;
	readonly #note: (error: unknown) => void;
	#ended: string | null = null;
	#failed: unknown = null;

	constructor(transaction: Transaction, turn: () => Promise<void>, note: (error: unknown) => void) {
		this.#transaction = transaction;
		this.#turn = turn;
		this.#note = note;
	}

	/** The first BUSY or disk error inside: such a transaction must not be committed. */
	get failed(): unknown {
		return this.#failed;
	}

	async execute(sql: InStatement | string, args?: InArgs): Promise<ResultSet> {
		await this.#turn();
		if (this.#ended !== null) throw new Error(this.#ended);
		const statement: InStatement = typeof sql === 'string' ? { sql, args: args ?? [] } : sql;
		try {
			return await this.#transaction.execute(statement);
		} catch (error) {
			this.#note(error);
			if (isBusy(error) || isFull(error)) this.#failed ??= error;
			throw error;
		}
	}

	async commit(): Promise<void> {
		this.#ended = 'This transaction was committed; begin another with write().';
		try {
			await this.#transaction.commit();
		} catch (error) {
			this.#note(error);
			throw error;
		}
	}

	/** Undoes everything; a second call does nothing. `reason` is told to late statements. */
	async rollback(reason: string): Promise<void> {
		if (this.#ended !== null && this.#transaction.closed) return;
		this.#ended = reason;
		try {
			await this.#transaction.rollback();
		} catch (error) {
			this.#note(error);
		}
	}
}

async function pragma(client: Client, name: string): Promise<unknown> {
	const result = await client.execute(`PRAGMA ${name}`);
	return result.rows[0]?.[0];
}
