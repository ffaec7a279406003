/**
 * A server in small that is killed by the test: imports batches of observations, one transaction
 * each, and prints a batch's number once the write was acknowledged. `naive` writes the same rows
 * without a transaction, as the control.
 */
import { Databases } from '#lib/server/db/databases.ts';
import { bulkInsert } from '#lib/server/db/bulk.ts';
import { observations } from '#lib/server/db/client/schema.ts';

const [dataDir = '', way = 'whole', first = '1'] = process.argv.slice(2);
const ROWS = 400;

const databases = await Databases.open(dataDir);
const database = await databases.client('acme');

const rowsOf = (batch: number) =>
	Array.from({ length: ROWS }, (_, row) => ({
		subjectKind: 'employee' as const,
		subjectId: `e${row}`,
		metric: 'revenue',
		period: '2025-01',
		value: row / 7,
		batchId: `batch-${batch}`,
		recordedAt: '2026-01-01T00:00:00.000Z',
		recordedBy: 'importer'
	}));

for (let batch = Number(first); ; batch += 1) {
	if (way === 'naive') {
		for (const row of rowsOf(batch))
			await database.write((tx) => bulkInsert(tx, observations, [row]));
	} else {
		await database.write(async (tx) => {
			for (let at = 0; at < ROWS; at += 50) {
				await bulkInsert(tx, observations, rowsOf(batch).slice(at, at + 50));
			}
		});
	}
	process.stdout.write(`acknowledged ${batch}\n`);
}
