import { expect, test } from 'vitest';
import { Database } from '#lib/server/db/database.ts';
import { runThread } from '#lib/server/jobs/run-thread.ts';
import { openStudio } from '../support/studio.ts';
import reader from './reader.thread.ts?thread';

test('a thread reads a database that this process writes to, and may not write itself', async () => {
	const { db } = await (await openStudio()).context();
	const answer = await runThread<string, { readonly tables: number; readonly refused: string }>(
		reader,
		db.path
	);
	expect(answer.tables).toBeGreaterThan(20);
	expect(answer.refused).toContain('A worker thread may not write');
});

test('an encrypted database hides its content, and a wrong key is refused', async () => {
	const studio = await openStudio({ encryptionKey: 'a key of sixteen' });
	const { db } = await studio.context();
	await expect(Database.openReader(db.path)).rejects.toThrow();
	await expect(
		Database.openReader(db.path, { encryptionKey: 'another sixteen!' })
	).rejects.toThrow();
	const right = await Database.openReader(db.path, { encryptionKey: 'a key of sixteen' });
	expect((await right.select('SELECT 1'))[0]?.[0]).toBe(1);
	await right.close();
});
