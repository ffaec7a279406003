/** One database file: reading at any time, writing one transaction at a time. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { realpathSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { commonProblems } from '../http/problems.ts';
import { Problem, refuse } from '../http/problem.ts';
import {
	Connection,
	isBusy,
	isFull,
	type OpenTransaction,
	type ResultSet,
	type SqlValue,
	pauseBeforeRetry
} from './driver.ts';
import { queriesOver, type Queries, type Tx } from './queries.ts';
import { WriteQueue } from './write-queue.ts';

export type { Queries, Tx } from './queries.ts';

/** A transaction may hold the write lock for this long unless it says otherwise. */
export const WRITE_DEADLINE_MS = 5_000;
export const BUSY_TIMEOUT_MS = 100;

/** Somebody may still hold a file that was used this recently; it is not closed meanwhile. */
const IN_USE_MS = 5 * 60_000;

export interface OpenOptions {
	readonly busyTimeoutMs?: number;
	readonly encryptionKey?: string | undefined;
}

export interface WriteOptions {
	/** Longest time between begin and commit; for imports and seeds, which are long on purpose. */
	readonly deadlineMs?: number;
}

interface RunningWrite {
	readonly database: Database;
	over: boolean;
}

/** Which write the current code runs in; reaches through awaits, not into other requests. */
const running = new AsyncLocalStorage<RunningWrite>();

/** Files with an open writing connection in this process; also across copies of this module. */
const writersKey = Symbol.for('quanheng.database.writers');
const registry = globalThis as { [writersKey]?: Set<string> };
const writers = (registry[writersKey] ??= new Set<string>());

export class Database {
	readonly path: string;
	/** SELECTs outside a transaction. The connection refuses every change. */
	readonly read: Queries;
	readonly #reader: Connection;
	readonly #writer: Connection | null;
	readonly #queue = new WriteQueue();
	#closed = false;
	#usedAt = performance.now();

	private constructor(path: string, reader: Connection, writer: Connection | null) {
		this.path = path;
		this.#reader = reader;
		this.#writer = writer;
		this.read = queriesOver((statement) => {
			this.#assertOutsideWrite('read');
			this.#usedAt = performance.now();
			return reader.execute(statement);
		});
	}

	/**
	 * Opens a file with its one writing connection, and creates it if it is missing.
	 * Refused in worker threads and when this process already writes to the file: a second writer
	 * in one process loses acknowledged writes.
	 */
	static async open(path: string, options: OpenOptions = {}): Promise<Database> {
		if (isOurThread(workerData)) {
			throw new Error('A worker thread may not write; use Database.openReader().');
		}
		const settings = { busyTimeoutMs: BUSY_TIMEOUT_MS, ...options };
		const writer = new Connection(path, { ...settings, mode: 'writer' });
		const file = realpathSync(path);
		if (writers.has(file)) {
			writer.close();
			throw new Error(`${file} already has a writing connection in this process.`);
		}
		writers.add(file);
		let reader: Connection | undefined;
		try {
			await patiently(() => writer.prepare());
			const opened = new Connection(path, { ...settings, mode: 'reader' });
			reader = opened;
			await patiently(() => opened.prepare());
			return new Database(file, opened, writer);
		} catch (error) {
			writers.delete(file);
			reader?.close();
			writer.close();
			throw error;
		}
	}

	/** Opens a file for reading only: worker threads and the command line's reports. */
	static async openReader(path: string, options: OpenOptions = {}): Promise<Database> {
		const settings = { busyTimeoutMs: BUSY_TIMEOUT_MS, ...options };
		const reader = new Connection(path, { ...settings, mode: 'reader' });
		await patiently(() => reader.prepare());
		return new Database(realpathSync(path), reader, null);
	}

	/** True while writes wait or run, or anything was asked within the last minutes. */
	get inUse(): boolean {
		return this.#queue.length > 0 || performance.now() - this.#usedAt < IN_USE_MS;
	}

	/**
	 * The only way to change anything: queues, runs `work` in one transaction, commits.
	 *
	 * `work` may run twice (the first attempt met another process's lock and was undone), so it
	 * changes nothing but the database, and awaits nothing but the database: while it runs, nobody
	 * else can write. Read through `tx` inside: `read` would show the state before.
	 */
	async write<T>(work: (tx: Tx) => Promise<T>, options: WriteOptions = {}): Promise<T> {
		const writer = this.#writer;
		if (!writer || this.#closed) throw new Error(`${this.path} is not open for writing.`);
		const outer = running.getStore();
		if (outer && !outer.over) {
			throw new Error('write() inside write() would wait for itself: pass the tx on instead.');
		}
		this.#usedAt = performance.now();
		return this.#queue.run(async () => {
			this.#usedAt = performance.now();
			try {
				return await this.#attempt(writer, work, options);
			} catch (error) {
				if (!isBusy(error)) throw translate(error);
			}
			await pauseBeforeRetry();
			try {
				await writer.renew();
				return await this.#attempt(writer, work, options);
			} catch (error) {
				throw translate(error);
			}
		});
	}

	/** Runs one SELECT and gives rows as arrays: for bulk reading, where drizzle's mapping costs. */
	async select(sql: string, args: readonly SqlValue[] = []): Promise<ResultSet['rows']> {
		this.#assertOutsideWrite('select');
		this.#usedAt = performance.now();
		const result = await this.#reader.execute({ sql, args: [...args] });
		return result.rows;
	}

	/** Moves the write-ahead log into the file, so that a stop leaves one file behind. */
	async checkpoint(): Promise<void> {
		await this.#writer?.execute('PRAGMA wal_checkpoint(TRUNCATE)');
	}

	/** Waits for the writes in line, then closes. */
	async close(): Promise<void> {
		if (this.#closed) return;
		await this.#queue.drain();
		this.#closed = true;
		this.#reader.close();
		this.#writer?.close();
		if (this.#writer) writers.delete(this.path);
	}

	async #attempt<T>(
		writer: Connection,
		work: (tx: Tx) => Promise<T>,
		options: WriteOptions
	): Promise<T> {
		const transaction = await writer.begin();
		const store: RunningWrite = { database: this, over: false };
		try {
			const tx = queriesOver((statement) => transaction.execute(statement)) as Tx;
			const result = await withDeadline(
				running.run(store, async () => await work(tx)),
				options.deadlineMs ?? WRITE_DEADLINE_MS
			);
			// A caller may have caught a BUSY inside; what followed it cannot be trusted.
			if (transaction.failed) throw transaction.failed;
			await transaction.commit();
			return result;
		} catch (error) {
			await undo(transaction, error);
			throw transaction.failed ?? error;
		} finally {
			store.over = true;
		}
	}

	#assertOutsideWrite(what: string): void {
		const outer = running.getStore();
		if (outer && !outer.over && outer.database === this) {
			throw new Error(`“${what}” inside write() shows the state before it: use the tx instead.`);
		}
	}
}

/** Worker threads of ours say so in their data; test runners' threads do not. */
function isOurThread(data: unknown): boolean {
	return typeof data === 'object' && data !== null && 'quanhengThread' in data;
}

async function undo(transaction: OpenTransaction, error: unknown): Promise<void> {
	const reason =
		error instanceof WriteDeadline
			? 'This transaction ran past its deadline and was undone.'
			: 'This transaction failed and was undone.';
	await transaction.rollback(reason);
}

/** Thrown when a transaction held the write lock for too long. */
export class WriteDeadline extends Error {
	override readonly name = 'WriteDeadline';
}

function withDeadline<T>(work: Promise<T>, deadlineMs: number): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const deadline = new Promise<never>((_, reject) => {
		timer = setTimeout(
			() => reject(new WriteDeadline(`A transaction took longer than ${deadlineMs} ms.`)),
			deadlineMs
		);
	});
	return Promise.race([work, deadline]).finally(() => clearTimeout(timer));
}

function translate(error: unknown): unknown {
	if (error instanceof Problem) return error;
	if (isBusy(error) || error instanceof WriteDeadline) {
		return refuse(commonProblems, 'busy', { retryAfterSeconds: 2, cause: error });
	}
	if (isFull(error)) return refuse(commonProblems, 'storage_full', { cause: error });
	return error;
}

/** Opening meets BUSY while another process recovers or closes the file; a few tries suffice. */
async function patiently(prepare: () => Promise<void>): Promise<void> {
	for (let attempt = 1; ; attempt += 1) {
		try {
			await prepare();
			return;
		} catch (error) {
			if (!isBusy(error) || attempt === 5) throw error;
			await pauseBeforeRetry();
		}
	}
}
