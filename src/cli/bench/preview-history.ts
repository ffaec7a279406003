/**
 * A client with as many people as a large company for the benchmark of the live preview: the demo
 * client, its people and their last year copied as often as needed, figures a little different for
 * each copy. Made anew in an empty folder of data.
 */
import { asc, count, isNull, sql } from 'drizzle-orm';
import { systemClock } from '#lib/server/clock.ts';
import { drafts, employees, observations } from '#lib/server/db/client/schema.ts';
import type { Tx } from '#lib/server/db/database.ts';
import { Databases } from '#lib/server/db/databases.ts';
import { executeRaw } from '#lib/server/db/queries.ts';
import { DEMO_PASSWORD, seedDemo } from '#lib/server/demo/seed-demo.ts';
import { randomIds } from '#lib/server/ids.ts';
import { clientContext } from '#lib/server/instance.ts';

export interface PreviewHistory {
	readonly client: string;
	readonly draft: string;
	readonly account: string;
	readonly password: string;
	readonly people: number;
}

const PACK = 'freight-forwarding';
const CLIENT = 'demo';
const MONTHS = 12;
const DEADLINE_MS = 600_000;

/** Facts of a copied person: the original's, under another id. */
const COPIES =
	'WITH RECURSIVE copies(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM copies WHERE k < ?)';
const COPIED = ['source', 'recorded_at', 'recorded_by'].join();

/** Fills a folder of data with a client of at least so many people. */
export async function makePreviewHistory(dataDir: string, people: number): Promise<PreviewHistory> {
	const databases = await Databases.open(dataDir, {});
	try {
		const instance = { databases, clock: systemClock, ids: randomIds(systemClock) };
		await seedDemo(instance, { packs: [PACK] });
		const { db } = await clientContext(instance, CLIENT);
		const [known] = await db.read.select({ people: count() }).from(employees);
		const copies = Math.ceil(people / Math.max(1, known?.people ?? 1)) - 1;
		const [newest] = await db.read
			.select({ month: sql<string>`max(substr(${observations.period}, 1, 7))` })
			.from(observations);
		const since = monthsBefore(newest?.month ?? '', MONTHS);
		if (copies > 0)
			await db.write((tx) => copyPeople(tx, copies, since), { deadlineMs: DEADLINE_MS });
		const [draft] = await db.read
			.select({ id: drafts.id })
			.from(drafts)
			.where(isNull(drafts.closedAt))
			.orderBy(asc(drafts.id))
			.limit(1);
		const [made] = await db.read.select({ people: count() }).from(employees);
		if (!draft) throw new Error('The demo client has no open draft.');
		return {
			client: CLIENT,
			draft: draft.id,
			account: 'designer',
			password: DEMO_PASSWORD,
			people: made?.people ?? 0
		};
	} finally {
		await databases.close();
	}
}

/** `2025-03`, 2 → `2025-01`. */
function monthsBefore(month: string, months: number): string {
	const [year = 0, number = 1] = month.split('-').map(Number);
	const index = year * 12 + number - 1 - (months - 1);
	return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

async function copyPeople(tx: Tx, copies: number, since: string): Promise<void> {
	await executeRaw(
		tx,
		`${COPIES} INSERT INTO employees (id, name, created_at)
			SELECT id || '-' || k, name || ' ' || k, created_at FROM employees, copies`,
		[copies]
	);
	await executeRaw(
		tx,
		`${COPIES} INSERT INTO employee_facts (employee_id, attribute, value, valid_from, ${COPIED})
			SELECT employee_id || '-' || k, attribute, value, valid_from, ${COPIED}
			FROM employee_facts, copies`,
		[copies]
	);
	// A tenth up or down, the same for a copy of a figure whenever this runs.
	const moved = 'value * (1 + ((k * 37 + id * 11) % 21 - 10) / 100.0)';
	for (const table of ['observations', 'targets'])
		await executeRaw(
			tx,
			`${COPIES} INSERT INTO ${table} (subject_kind, subject_id, metric, period, value, ${COPIED})
				SELECT subject_kind, subject_id || '-' || k, metric, period, ${moved}, ${COPIED}
				FROM ${table}, copies
				WHERE subject_kind = 'employee' AND withdrawn_at IS NULL AND period >= ?`,
			[copies, since]
		);
}
