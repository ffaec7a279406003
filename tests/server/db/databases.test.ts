import { createClient } from '@libsql/client';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { clientMigrations } from '#lib/server/db/client/migrations.ts';
import { settings } from '#lib/server/db/client/schema.ts';
import { Database } from '#lib/server/db/database.ts';
import { Databases } from '#lib/server/db/databases.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { openStudio, temporaryDirectory } from '../support/studio.ts';

test.each(['', '../control', 'a/b', 'ACME', '1acme', 'a'.repeat(64), 'acme.db'])(
	'“%s” is no client id, so it names no file',
	async (id) => {
		const { databases } = await openStudio();
		expect(databases.has(id)).toBe(false);
		expect(() => databases.pathOf(id)).toThrow("cannot be a client's id");
		await expect(databases.client(id)).rejects.toThrow("cannot be a client's id");
	}
);

test('many first requests for a client open its file once', async () => {
	const { databases } = await openStudio();
	const opened = await Promise.all(Array.from({ length: 8 }, () => databases.client('acme')));
	expect(new Set(opened).size).toBe(1);
	expect(databases.has('acme')).toBe(true);
});

test('clients in use stay open beyond the bound, because their holders would fail', async () => {
	const { databases } = await openStudio({ openClients: 2 });
	const names = ['a-one', 'b-two', 'c-three', 'd-four'];
	const opened = await Promise.all(names.map((name) => databases.client(name)));
	for (const [i, name] of names.entries()) expect(await databases.client(name)).toBe(opened[i]);
});

test('what one client wrote is in no other file', async () => {
	const { databases } = await openStudio();
	const [ours, theirs] = [await databases.client('acme'), await databases.client('rival')];
	await ours.write((tx) =>
		tx.insert(settings).values({ key: 'secret', value: 1, updatedAt: 'now', updatedBy: 'us' })
	);
	expect(await theirs.read.select().from(settings)).toEqual([]);
});

test('migrating again applies nothing', async () => {
	const { databases } = await openStudio();
	const database = await databases.client('acme');
	expect(await migrate(database, clientMigrations)).toEqual([]);
});

test('a migration that fails leaves the schema as it was, and can be repeated', async () => {
	const database = await Database.open(`${temporaryDirectory()}/x.db`);
	const broken = {
		tag: '9999_broken',
		when: Number.MAX_SAFE_INTEGER,
		text: 'CREATE TABLE half (i INTEGER);\n--> statement-breakpoint\nCREATE TABLE oops (;'
	};
	await expect(migrate(database, [...clientMigrations, broken])).rejects.toThrow();
	const tables = async () =>
		database.select("SELECT name FROM sqlite_master WHERE name IN ('half', 'versions')");
	expect((await tables()).map((row) => row[0])).toEqual(['versions']);
	const repaired = { ...broken, text: 'CREATE TABLE half (i INTEGER);' };
	expect(await migrate(database, [...clientMigrations, repaired])).toEqual(['9999_broken']);
	await database.close();
});

test('a file of a newer version is refused with a sentence', async () => {
	const dataDir = temporaryDirectory();
	const databases = await Databases.open(dataDir);
	const database = await databases.client('acme');
	await database.write((tx) =>
		tx.run(
			sql`INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('later', ${Date.now() * 10})`
		)
	);
	await databases.close();
	const again = await Databases.open(dataDir);
	await expect(again.client('acme')).rejects.toThrow('newer version of Quanheng');
	await again.close();
});

test('after a stop everything is in the file itself', async () => {
	const dataDir = temporaryDirectory();
	const databases = await Databases.open(dataDir);
	const database = await databases.client('acme');
	await database.write((tx) =>
		tx.insert(settings).values({ key: 'kept', value: 1, updatedAt: 'now', updatedBy: 'us' })
	);
	const { path } = database;
	await databases.close();
	// The main file alone, opened without its log, has the row.
	const alone = createClient({ url: `file:${path}` });
	const result = await alone.execute('PRAGMA wal_checkpoint(PASSIVE)');
	expect(Number(result.rows[0]?.log)).toBeLessThanOrEqual(0);
	const rows = await alone.execute('SELECT key FROM settings');
	alone.close();
	expect(rows.rows.map((row) => row.key)).toEqual(['kept']);
});
