/** Everybody who signs in to the demo finds last year's scorecards; starting again adds none. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FixedClock } from '#lib/server/clock.ts';
import type { Actor } from '#lib/server/context.ts';
import { Databases } from '#lib/server/db/databases.ts';
import { seedDemo } from '#lib/server/demo/seed-demo.ts';
import { randomIds } from '#lib/server/ids.ts';
import { clientContext } from '#lib/server/instance.ts';
import { findScorecards } from '#lib/server/scoring/find-scorecards.ts';

const folder = mkdtempSync(join(tmpdir(), 'quanheng-demo-cards-'));
const clock = new FixedClock('2026-11-20T02:00:00.000Z');
const ids = randomIds(clock);
const SEEDED = { packs: ['freight-forwarding'], scored: true };
const VOLUME_CHASER: Actor = {
	userId: 'demo-gaolei',
	name: '高磊',
	clientId: 'demo',
	roles: ['employee'],
	employeeId: 'E1001',
	unitId: null
};
let databases: Databases;

beforeAll(async () => {
	databases = await Databases.open(folder);
	await seedDemo({ clock, ids, databases }, SEEDED);
}, 120_000);
afterAll(async () => {
	await databases.close();
	rmSync(folder, { recursive: true, force: true });
});

test('an employee reads twelve released scorecards, each with its score', async () => {
	const ctx = await clientContext({ clock, ids, databases }, 'demo');
	const { scorecards } = await findScorecards(ctx, VOLUME_CHASER);
	expect(scorecards.map(({ period }) => period)).toEqual([
		...Array.from({ length: 10 }, (_, at) => `2026-${String(10 - at).padStart(2, '0')}`),
		'2025-12',
		'2025-11'
	]);
	for (const card of scorecards) {
		expect(card).toMatchObject({ employeeId: 'E1001', status: 'scored', released: true });
		expect(card.score).not.toBeNull();
	}
});

test('a second start scores nothing again', async () => {
	await seedDemo({ clock, ids, databases }, SEEDED);
	const ctx = await clientContext({ clock, ids, databases }, 'demo');
	const { total } = await findScorecards(ctx, VOLUME_CHASER);
	expect(total).toBe(12);
});
