/**
 * All open database files of a data directory: the control database for good, the clients' in a
 * bounded list of the recently used. There is one `Databases` in a process; see `instance.ts`.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../clock.ts';
import { removeBrokenImports } from '../imports/remove-broken-imports.ts';
import { failInterrupted } from '../jobs/fail-interrupted.ts';
import { CLIENT_ID, clientPath } from './client-path.ts';
import { clientMigrations } from './client/migrations.ts';
import { controlMigrations } from './control/migrations.ts';
import { Database } from './database.ts';
import { lockDataDir, type DataDirLock } from './lock.ts';
import { migrate } from './migrate.ts';

export interface DatabasesOptions {
	readonly encryptionKey?: string | undefined;
	/** How many clients' files stay open. */
	readonly openClients?: number;
}

const OPEN_CLIENTS = 64;

export class Databases {
	readonly dataDir: string;
	readonly control: Database;
	readonly #lock: DataDirLock;
	readonly #options: DatabasesOptions;
	/** In the order of last use; promises, so that two first requests open a file once. */
	readonly #clients = new Map<string, Promise<Database>>();
	/** Clients whose interrupted jobs were dealt with since this process started. */
	readonly #recovered = new Set<string>();

	private constructor(
		dataDir: string,
		control: Database,
		lock: DataDirLock,
		options: DatabasesOptions
	) {
		this.dataDir = dataDir;
		this.control = control;
		this.#lock = lock;
		this.#options = options;
	}

	/** Locks the data directory, opens the control database and migrates it. */
	static async open(dataDir: string, options: DatabasesOptions = {}): Promise<Databases> {
		const lock = await lockDataDir(dataDir);
		try {
			mkdirSync(join(dataDir, 'clients'), { recursive: true });
			const control = await Database.open(join(dataDir, 'control.db'), options);
			await migrate(control, controlMigrations);
			return new Databases(dataDir, control, lock, options);
		} catch (error) {
			await lock.release();
			throw error;
		}
	}

	/** Where a client's file is. Refuses ids that are no file name. */
	pathOf(clientId: string): string {
		return clientPath(this.dataDir, clientId);
	}

	/** True when the client's file exists. */
	has(clientId: string): boolean {
		return CLIENT_ID.test(clientId) && existsSync(this.pathOf(clientId));
	}

	/** The database of a client, opened and migrated if need be; made if it does not exist. */
	async client(clientId: string): Promise<Database> {
		const known = this.#clients.get(clientId);
		if (known) {
			this.#clients.delete(clientId);
			this.#clients.set(clientId, known);
			return known;
		}
		const opening = this.#openClient(clientId);
		this.#clients.set(clientId, opening);
		try {
			const database = await opening;
			await this.#closeLongUnused();
			return database;
		} catch (error) {
			this.#clients.delete(clientId);
			throw error;
		}
	}

	/** Closes a client's file, because it is about to be removed. */
	async forget(clientId: string): Promise<void> {
		const opening = this.#clients.get(clientId);
		this.#clients.delete(clientId);
		await (await opening)?.close();
	}

	/** Ends all writes, moves the logs into the files and gives the directory back. */
	async close(): Promise<void> {
		const opened = await Promise.allSettled(this.#clients.values());
		this.#clients.clear();
		const databases = opened.flatMap((result) =>
			result.status === 'fulfilled' ? [result.value] : []
		);
		for (const database of [...databases, this.control]) {
			await database.checkpoint();
			await database.close();
		}
		await this.#lock.release();
	}

	async #openClient(clientId: string): Promise<Database> {
		const database = await Database.open(this.pathOf(clientId), this.#options);
		try {
			await migrate(database, clientMigrations);
			if (!this.#recovered.has(clientId)) {
				await failInterrupted(database, systemClock);
				await removeBrokenImports(database);
				this.#recovered.add(clientId);
			}
			return database;
		} catch (error) {
			await database.close();
			throw error;
		}
	}

	/** A file in use stays open, whoever holds it would fail otherwise: the bound is a soft one. */
	async #closeLongUnused(): Promise<void> {
		const most = this.#options.openClients ?? OPEN_CLIENTS;
		for (const [clientId, opening] of this.#clients) {
			if (this.#clients.size <= most) return;
			const database = await opening;
			if (database.inUse) continue;
			this.#clients.delete(clientId);
			await database.close();
		}
	}
}
