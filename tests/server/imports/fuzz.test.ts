/** The invariant: a broken file is refused with a sentence or imported whole; nothing crashes. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Random, seedOf } from '../../engine/generators/random.ts';
import {
	asDuplicates,
	asGbk,
	asGerman,
	asMarked,
	asReport,
	asSheets,
	asWide,
	asWorkbook,
	cleanTable
} from './dirty-table.ts';
import { importFile } from './import-files.ts';
import { openSalesClient } from './import-samples.ts';
import {
	expectNothingHalf,
	mutate,
	mutateWorkbook,
	tryFile,
	type FuzzTally
} from './mutated-files.ts';
import type { TestClient } from './test-client.ts';

const FILES = Number(process.env['QUANHENG_FUZZ_FILES'] ?? 300);
const seed = seedOf(20_261_123);
let client: TestClient;

beforeAll(async () => {
	client = await openSalesClient();
	const people = Array.from({ length: 4 }, (_, i) => `${274 + i},Person ${i}`).join('\n');
	await importFile(client.ctx, client.as('implementer'), 'people', `id,name\n${people}\n`, {
		columns: [
			{ field: 'employee', columns: ['id'] },
			{ field: 'name', columns: ['name'] }
		]
	});
});
afterAll(async () => {
	await client.close();
});

it(`${FILES} mutated files: no crash, nothing half written (seed ${seed})`, async () => {
	const random = new Random(seed);
	const rows = cleanTable().slice(0, 20);
	const texts = [asGbk, asGerman, asReport, asDuplicates, asWide, asMarked].map((make) =>
		make(rows)
	);
	const workbooks = [await asWorkbook(rows), await asSheets(rows)];
	const tally: FuzzTally = { refused: 0, planned: 0, committed: 0, slowestMs: 0 };
	for (let i = 0; i < FILES; i += 1) {
		const isWorkbook = random.chance(0.4);
		const original = random.pick(isWorkbook ? workbooks : texts);
		const bytes =
			isWorkbook && random.chance(0.7)
				? mutateWorkbook(original, random)
				: mutate(original, random);
		// A thread for each workbook would take most of the time; every twentieth is staged as well.
		await tryFile(client, bytes, !isWorkbook || random.chance(0.05), tally);
	}
	console.log(`fuzz: ${JSON.stringify(tally)}`);
	await expectNothingHalf(client);
	expect(tally.refused).toBeGreaterThan(0);
	expect(tally.planned).toBeGreaterThan(0);
	expect(tally.slowestMs).toBeLessThan(2_000);
}, 3_600_000);
