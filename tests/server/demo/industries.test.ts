/** The stories that the sample data of manufacturing and fintech promise, person by person, in figures. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { scoreRow } from '#lib/engine/score/score-row.ts';
import type { Scorecard } from '#lib/engine/score/scorecard.ts';
import { textAt, variablesOfRow } from '#lib/engine/table/row.ts';
import { scorableTable } from '#lib/engine/table/snapshot.ts';
import { FixedClock } from '#lib/server/clock.ts';
import { templates, versions } from '#lib/server/db/client/schema.ts';
import { Databases } from '#lib/server/db/databases.ts';
import { seedDemo } from '#lib/server/demo/seed-demo.ts';
import { randomIds } from '#lib/server/ids.ts';
import { buildSnapshot } from '#lib/server/snapshots/build-snapshot.ts';

const folder = mkdtempSync(join(tmpdir(), 'quanheng-industries-'));
const clock = new FixedClock('2026-11-20T02:00:00.000Z');
let databases: Databases;

beforeAll(async () => {
	databases = await Databases.open(folder);
	await seedDemo(
		{ clock, ids: randomIds(clock), databases },
		{ packs: ['manufacturing', 'fintech'] }
	);
}, 120_000);
afterAll(async () => {
	await databases.close();
	rmSync(folder, { recursive: true, force: true });
});

interface Story {
	/** The scorecard of somebody in a period. */
	readonly card: (employee: string, period: string) => Scorecard;
	readonly attribute: (employee: string, period: string, path: string) => string | null;
	/** The mean of the last twelve months. */
	readonly mean: (employee: string) => number;
}

async function storyOf(client: string, document: SchemeDocument): Promise<Story> {
	const { read } = await databases.client(client);
	const prepared = prepareScheme(document);
	const paths = new Set([...prepared.paths, 'employee.unit']);
	const snapshot = await buildSnapshot(read, {
		range: { from: '2024-11', to: '2026-10' },
		length: document.period,
		paths: [...paths]
	});
	const table = scorableTable(snapshot, paths);
	const rows = Array.from({ length: table.rows }, (_, row) => row);
	const rowOf = (employee: string, period: string): number => {
		const found = rows.find(
			(row) =>
				textAt(table, 'employee.id', row) === employee && textAt(table, 'period.id', row) === period
		);
		if (found === undefined) throw new Error(`${employee} has no row in ${period}.`);
		return found;
	};
	return {
		card: (employee, period) => scoreRow(prepared, variablesOfRow(table, rowOf(employee, period))),
		attribute: (employee, period, path) => textAt(table, path, rowOf(employee, period)),
		mean: (employee) => {
			const scores = rows
				.filter(
					(row) =>
						textAt(table, 'employee.id', row) === employee &&
						(textAt(table, 'period.id', row) ?? '') >= '2025-11'
				)
				.flatMap((row) => scoreRow(prepared, variablesOfRow(table, row)).score ?? []);
			expect(scores.length).toBeGreaterThanOrEqual(11);
			return scores.reduce((sum, score) => sum + score, 0) / scores.length;
		}
	};
}

async function templateOf(client: string, id: string): Promise<Story> {
	const { read } = await databases.client(client);
	const found = (await read.select().from(templates)).find((row) => row.id === id);
	if (!found) throw new Error(`${client} has no template ${id}.`);
	return storyOf(client, found.document);
}

async function inForce(client: string): Promise<Story> {
	const { read } = await databases.client(client);
	const [version] = await read.select().from(versions);
	if (!version) throw new Error(`${client} has no version.`);
	return storyOf(client, version.document);
}

describe('manufacturing', () => {
	const client = 'demo-manufacturing';

	test('by quantity Sun Qiang is ahead of Zhao Min, by the pack she is ahead of him', async () => {
		const [before, after] = [await inForce(client), await templateOf(client, 'line-leader')];
		expect(before.mean('E2001')).toBeGreaterThan(before.mean('E2002'));
		expect(after.mean('E2002')).toBeGreaterThan(after.mean('E2001') + 5);
	});

	test('the lost-time injury of April 2026 caps Sun Qiang at 60', async () => {
		const { card } = await templateOf(client, 'line-leader');
		expect(card('E2001', '2026-04').score).toBeLessThanOrEqual(60);
		expect(card('E2001', '2026-03').score).toBeGreaterThan(60);
	});

	test('Ding Xiaolong needs support, He Fang is skilled from May 2026, Qian Yong changed lines', async () => {
		const { card, attribute } = await templateOf(client, 'operator');
		expect(card('E2003', '2026-06').insights).toContain('probation_support');
		const output = (period: string) =>
			card('E2004', period).items.find(({ id }) => id === 'output')?.weight;
		expect([output('2026-04'), output('2026-05')]).toEqual([30, 50]);
		expect(attribute('E2005', '2026-02', 'employee.unit')).toBe('line-a');
		expect(attribute('E2005', '2026-03', 'employee.unit')).toBe('line-b');
	});

	test('nine days late in the second quarter of 2026: Lu Ming loses the stage and is told', async () => {
		const { card } = await templateOf(client, 'rd-engineer');
		const late = card('E2020', '2026-Q2');
		expect(late.insights).toContain('stage_late');
		expect(late.items.find(({ id }) => id === 'milestones')?.score).toBeLessThanOrEqual(
			(25 / 45) * 100 + 1e-9
		);
	});
});

describe('fintech', () => {
	const client = 'demo-fintech';

	test('by disbursement Duan Wei is ahead of Luo Jing, by the pack she is ahead of him', async () => {
		const [before, after] = [await inForce(client), await templateOf(client, 'loan-bd')];
		expect(before.mean('E3001')).toBeGreaterThan(before.mean('E3002'));
		expect(after.mean('E3002')).toBeGreaterThan(after.mean('E3001') + 5);
	});

	test('1,500 are reclaimed in September 2026, down to 0 at most', async () => {
		const { card } = await templateOf(client, 'loan-bd');
		expect(card('E3001', '2026-09').payout).toBe(0);
		expect(card('E3002', '2026-09').payout).toBeGreaterThan(0);
	});

	test('Shao Min needs support, and Jiang Tao’s breach of February 2026 sets the month to 0', async () => {
		const { card } = await templateOf(client, 'collection');
		expect(card('E3003', '2026-05').insights).toContain('probation_support');
		expect(card('E3004', '2026-02')).toMatchObject({ score: 0, gates: ['collection_breach'] });
		expect(card('E3004', '2026-03').score).toBeGreaterThan(60);
	});

	test('Shen Yue changed teams in October 2025', async () => {
		const { attribute } = await templateOf(client, 'loan-bd');
		const [before, after] = ['2025-09', '2025-10'].map((period) =>
			attribute('E3005', period, 'employee.unit')
		);
		expect([before, after]).toEqual(['lending-south', 'lending-east']);
	});

	test('the limit that was breached in July 2026 caps Su Hang’s month at 79', async () => {
		const { card } = await templateOf(client, 'risk');
		expect(card('E3020', '2026-07').score).toBeLessThanOrEqual(79);
		expect(card('E3020', '2026-06').gates).toEqual([]);
	});
});
