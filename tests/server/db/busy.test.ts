// Invariant: whatever other processes do to the file, what was acknowledged is there for a second
// connection to see, and what was not is refused with a sentence.
import type { ChildProcess } from 'node:child_process';
import { createClient } from '@libsql/client';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { settings } from '#lib/server/db/client/schema.ts';
import { Database } from '#lib/server/db/database.ts';
import { Problem } from '#lib/server/http/problem.ts';
import { lineOf, outcomeOf, projectRoot, startNode } from '../support/processes.ts';
import { openStudio, temporaryDirectory } from '../support/studio.ts';

const holder = `${projectRoot}/tests/server/db/lock-holder.mjs`;

/** Rows of a table as a connection of its own sees them. */
async function countBySecondConnection(path: string, table: string): Promise<number> {
	const second = createClient({ url: `file:${path}` });
	const result = await second.execute(`SELECT count(*) FROM ${table}`);
	second.close();
	return Number(result.rows[0]?.[0]);
}

const insert = (database: Database, key: string) =>
	database.write((tx) =>
		tx.insert(settings).values({ key, value: 1, updatedAt: 'now', updatedBy: 'test' })
	);

/**
 * Whose turn it is. SQLite lets whoever asks first have the lock, so two writers in tight loops
 * may starve the other process for good; here it is let in whenever it says that it waits.
 */
function turnsOf(child: ChildProcess): { readonly untilMine: () => Promise<void> } {
	let waiting = false;
	let resume: () => void = () => undefined;
	const say = (isWaiting: boolean) => {
		waiting = isWaiting;
		if (!isWaiting) resume();
	};
	child.stdout?.on('data', (part: Buffer) => {
		const word = part.toString().trimEnd().split('\n').at(-1);
		say(word === 'wanted');
	});
	child.once('close', () => say(false));
	return {
		untilMine: async () => {
			await new Promise(setImmediate);
			if (waiting) await new Promise<void>((resolve) => (resume = resolve));
		}
	};
}

describe('while another process locks the file', () => {
	test('no acknowledged write is lost', { timeout: 60_000 }, async () => {
		const studio = await openStudio();
		const { db } = await studio.context();
		const child = startNode(holder, [db.path, '8', '7']);
		const ended = outcomeOf(child);
		const turns = turnsOf(child);
		await lineOf(child, /locked/);
		let acknowledged = 0;
		let refused = 0;
		let slowest = 0;
		let over = false;
		void ended.then(() => (over = true));
		for (let i = 0; !over; i += 1) {
			await turns.untilMine();
			const startedAt = performance.now();
			try {
				await insert(db, `key-${i}`);
				acknowledged += 1;
			} catch (error) {
				if (!(error instanceof Problem) || error.code !== 'busy') throw error;
				refused += 1;
			}
			slowest = Math.max(slowest, performance.now() - startedAt);
		}
		const { code, err } = await ended;
		expect(code, err).toBe(0);
		expect(await countBySecondConnection(db.path, 'settings')).toBe(acknowledged);
		expect(acknowledged).toBeGreaterThan(0);
		expect(slowest, `${refused} refused`).toBeLessThan(2_000);
		// Once the lock is gone, the next write succeeds at once.
		await insert(db, 'after');
	});

	test('the naive client acknowledges writes that are lost', { timeout: 60_000 }, async () => {
		const directory = temporaryDirectory();
		const path = `${directory}/naive.db`;
		const client = createClient({ url: `file:${path}`, timeout: 0, concurrency: 1 });
		await client.execute('PRAGMA journal_mode = WAL');
		await client.execute('CREATE TABLE settings (key TEXT)');
		const child = startNode(holder, [path, '6', '7']);
		const ended = outcomeOf(child);
		const turns = turnsOf(child);
		await lineOf(child, /locked/);
		let acknowledged = 0;
		let over = false;
		void ended.then(() => (over = true));
		for (let i = 0; !over; i += 1) {
			await turns.untilMine();
			await client.execute({ sql: 'INSERT INTO settings VALUES (?)', args: [`key-${i}`] }).then(
				() => (acknowledged += 1),
				() => undefined
			);
		}
		const kept = await countBySecondConnection(path, 'settings');
		client.close();
		expect(kept).toBeLessThan(acknowledged);
	});

	test('a lock that stays is refused with 503, and nothing was written', async () => {
		const studio = await openStudio();
		const { db } = await studio.context();
		const other = createClient({ url: `file:${db.path}`, concurrency: 1 });
		const lock = await other.transaction('write');
		await expect(insert(db, 'never')).rejects.toMatchObject({
			code: 'busy',
			status: 503,
			retryAfterSeconds: 2
		});
		await lock.rollback();
		other.close();
		await insert(db, 'then');
		expect(await countBySecondConnection(db.path, 'settings')).toBe(1);
	});
});

describe('every connection', () => {
	test('is set as it must be, also after it was replaced', async () => {
		const { db } = await (await openStudio()).context();
		const pragmas = async () => ({
			journal: await db.read.values(sql`PRAGMA journal_mode`),
			synchronous: await db.read.values(sql`PRAGMA synchronous`),
			keys: await db.read.values(sql`PRAGMA foreign_keys`),
			timeout: await db.read.values(sql`PRAGMA busy_timeout`),
			readOnly: await db.read.values(sql`PRAGMA query_only`)
		});
		const values = async () =>
			Object.fromEntries(
				Object.entries(await pragmas()).map(([name, rows]) => [
					name,
					(rows as unknown as { readonly 0: unknown }[])[0]?.[0]
				])
			);
		const expected = { journal: 'wal', synchronous: 2, keys: 1, timeout: 100, readOnly: 1 };
		expect(await values()).toEqual(expected);
		const writer = await db.write(async (tx) => {
			const rows = await tx.values<[number]>(
				sql`SELECT (SELECT synchronous FROM pragma_synchronous) || '-' || (SELECT foreign_keys FROM pragma_foreign_keys) || '-' || (SELECT query_only FROM pragma_query_only)`
			);
			return rows[0]?.[0];
		});
		expect(writer).toBe('2-1-0');
	});

	test('with a busy timeout that would freeze the server is refused', async () => {
		const directory = temporaryDirectory();
		await expect(Database.open(`${directory}/x.db`, { busyTimeoutMs: 5_000 })).rejects.toThrow(
			'200 ms'
		);
	});

	test('of the reader is refused every change by the database', async () => {
		const { db } = await (await openStudio()).context();
		await expect(
			db.read.insert(settings).values({ key: 'x', value: 1, updatedAt: 'now', updatedBy: 'test' })
		).rejects.toThrow();
		await expect(db.read.transaction(async () => undefined)).rejects.toThrow('write()');
	});

	test('that would be a second writer of a file is refused', async () => {
		const { db } = await (await openStudio()).context();
		await expect(Database.open(db.path)).rejects.toThrow('already has a writing connection');
	});
});
