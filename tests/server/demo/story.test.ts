/** The story of the demo: revenue alone ranks the volume-chaser first, the pack's draft does not. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runReplay } from '#lib/engine/replay/run.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { scoreTable } from '#lib/engine/score/score-table.ts';
import { textAt } from '#lib/engine/table/row.ts';
import { scorableTable } from '#lib/engine/table/snapshot.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { FixedClock } from '#lib/server/clock.ts';
import { drafts, versions } from '#lib/server/db/client/schema.ts';
import { Databases } from '#lib/server/db/databases.ts';
import { seedDemo } from '#lib/server/demo/seed-demo.ts';
import { randomIds } from '#lib/server/ids.ts';
import { buildSnapshot } from '#lib/server/snapshots/build-snapshot.ts';

const VOLUME_CHASER = 'E1001';
const QUALITY_SELLER = 'E1002';

const folder = mkdtempSync(join(tmpdir(), 'quanheng-story-'));
const clock = new FixedClock('2026-11-20T02:00:00.000Z');
let databases: Databases;
let table: Table;
let baseline: SchemeDocument;
let draft: SchemeDocument;

beforeAll(async () => {
	databases = await Databases.open(folder);
	await seedDemo({ clock, ids: randomIds(clock), databases }, { packs: ['freight-forwarding'] });
	const { read } = await databases.client('demo');
	const [version] = await read.select().from(versions);
	const [open] = await read
		.select()
		.from(drafts)
		.where(and(eq(drafts.schemeId, 'sales'), isNull(drafts.closedAt)));
	if (!version || !open) throw new Error('The demo has no version or no draft.');
	baseline = version.document;
	draft = open.document as unknown as SchemeDocument;
	const paths = new Set([...prepareScheme(draft).paths, ...prepareScheme(baseline).paths]);
	const snapshot = await buildSnapshot(read, {
		range: { from: '2024-11', to: '2026-10' },
		length: 'month',
		paths: [...paths]
	});
	table = scorableTable(snapshot, paths);
}, 60_000);
afterAll(async () => {
	await databases.close();
	rmSync(folder, { recursive: true, force: true });
});

/** Mean score of a person over the last twelve months. */
function meanScore(document: SchemeDocument, employee: string): number {
	const columns = scoreTable(prepareScheme(document), table);
	const scores = Array.from({ length: table.rows }, (_, row) => row)
		.filter(
			(row) =>
				textAt(table, 'employee.id', row) === employee &&
				(textAt(table, 'period.id', row) ?? '') >= '2025-11'
		)
		.map((row) => columns.score[row] ?? NaN)
		.filter((score) => !Number.isNaN(score));
	expect(scores.length).toBeGreaterThanOrEqual(11);
	return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

test('by revenue alone the volume-chaser is ahead of the quality-seller', () => {
	expect(meanScore(baseline, VOLUME_CHASER)).toBeGreaterThan(meanScore(baseline, QUALITY_SELLER));
});

test('by the draft of the pack the quality-seller is ahead of the volume-chaser', () => {
	expect(meanScore(draft, QUALITY_SELLER)).toBeGreaterThan(meanScore(draft, VOLUME_CHASER));
});

test('the replay scores nearly everybody in sales and names the volume-chaser among the movers', () => {
	const report = runReplay({ draft, baseline, table });
	const { scored, not_scored: missed } = report.coverage;
	expect(scored).toBeGreaterThan(300);
	expect(missed.error).toBe(0);
	expect(missed.incomplete / scored).toBeLessThan(0.02);
	expect(report.movers.some(({ employee }) => employee === VOLUME_CHASER)).toBe(true);
	for (const { delta, because } of report.movers) {
		if (delta === null || !because) continue;
		const sum = because.reduce((total, { points }) => total + Math.round(points * 100), 0);
		expect(sum).toBe(Math.round(delta * 100));
	}
});

test('months that cross the line of tenure are scored as senior from that month on', () => {
	const columns = scoreTable(prepareScheme(draft), table);
	const weightIn = (period: string): number | undefined => {
		const row = Array.from({ length: table.rows }, (_, index) => index).find(
			(index) =>
				textAt(table, 'employee.id', index) === 'E1004' &&
				textAt(table, 'period.id', index) === period
		);
		const revenue = columns.items.find(({ id }) => id === 'collected_revenue');
		return row === undefined ? undefined : revenue?.weight[row];
	};
	expect(weightIn('2026-04')).toBe(0);
	expect(weightIn('2026-05')).toBe(40);
});
