/** drizzle on top of our own connections: one shape for reading, one for a transaction. */
import { drizzle, type LibSQLDatabase } from 'drizzle-orm/libsql';
import type { Client, InArgs, InStatement, ResultSet, Transaction } from './driver.ts';

/** SELECTs, inside a transaction or outside: what helper functions that only read ask for. */
export type Queries = LibSQLDatabase<Record<string, never>>;

declare const transactional: unique symbol;

/** An open transaction: what functions that change something ask for. */
export type Tx = Queries & { readonly [transactional]: true };

/** Runs one statement; the only thing that drizzle is given of a connection. */
export type Execute = (statement: InStatement) => Promise<ResultSet>;

/** The client drizzle sees. Everything but single statements goes through `Database.write`. */
class StatementClient implements Client {
	readonly protocol = 'file';
	readonly closed = false;
	readonly #execute: Execute;

	constructor(execute: Execute) {
		this.#execute = execute;
	}

	execute(statement: InStatement | string, args?: InArgs): Promise<ResultSet> {
		return this.#execute(
			typeof statement === 'string' ? { sql: statement, args: args ?? [] } : statement
		);
	}

	batch(): Promise<ResultSet[]> {
		return refused('batch');
	}

	migrate(): Promise<ResultSet[]> {
		return refused('migrate');
	}

	transaction(): Promise<Transaction> {
		return refused('transaction');
	}

	executeMultiple(): Promise<void> {
		return refused('executeMultiple');
	}

	sync(): Promise<never> {
		return refused('sync');
	}

	async reconnect(): Promise<void> {
		await refused('reconnect');
	}

	close(): void {
		throw new Error('Close the Database, not a part of it.');
	}
}

async function refused(method: string): Promise<never> {
	throw new Error(`“${method}” is not available here: change data with Database.write().`);
}

/**
 * Where queries carry their own way of running statements. A registered symbol, not a map of this
 * module: the server program opens databases that the web handler, another bundle, writes to.
 */
const EXECUTE = Symbol.for('quanheng.execute');

/** drizzle over one way of running statements. */
export function queriesOver(execute: Execute): Queries {
	const queries = drizzle({ client: new StatementClient(execute) });
	Object.defineProperty(queries, EXECUTE, { value: execute });
	return queries;
}

/** Runs SQL text past drizzle's mapping, on the same connection: for bulk work only. */
export function executeRaw(queries: Queries, sql: string, args: InArgs = []): Promise<ResultSet> {
	const execute = (queries as Queries & { readonly [EXECUTE]?: Execute })[EXECUTE];
	if (!execute) throw new Error('These queries were not made by a Database.');
	return execute({ sql, args });
}
