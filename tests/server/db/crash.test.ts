// Invariant: what was acknowledged survives a kill at any moment, and an import is there as a
// whole or not at all.
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { count, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { observations } from '#lib/server/db/client/schema.ts';
import { Databases } from '#lib/server/db/databases.ts';
import { bundleProgram, projectRoot, startNode } from '../support/processes.ts';
import { temporaryDirectory } from '../support/studio.ts';

const ROWS = 400;
const SEED = 20_261_122;

let program = '';
beforeAll(async () => {
	program = await bundleProgram(`${projectRoot}/tests/server/db/import-program.ts`);
});

afterAll(() => rmSync(dirname(program), { recursive: true, force: true }));

interface Findings {
	readonly lost: number;
	readonly partial: number;
	readonly sound: boolean;
	readonly last: number;
}

/** Lets the program write until it is killed, `delayMs` after its first acknowledged batch. */
async function runUntilKilled(
	dataDir: string,
	way: 'whole' | 'naive',
	first: number,
	delayMs: number
): Promise<number> {
	const child = startNode(program, [dataDir, way, String(first)]);
	let acknowledged = 0;
	let text = '';
	await new Promise<void>((resolve) => {
		child.stdout?.on('data', (part: Buffer) => {
			text += part.toString();
			for (const [, batch] of text.matchAll(/acknowledged (\d+)\n/g)) {
				if (acknowledged === 0) setTimeout(() => child.kill('SIGKILL'), delayMs);
				acknowledged = Math.max(acknowledged, Number(batch));
			}
		});
		child.once('close', () => resolve());
	});
	return acknowledged;
}

async function inspect(dataDir: string, acknowledged: number): Promise<Findings> {
	const databases = await Databases.open(dataDir);
	const database = await databases.client('acme');
	const rows = await database.read
		.select({ batch: observations.batchId, rows: count() })
		.from(observations)
		.groupBy(observations.batchId);
	const [integrity] = await database.read.values<[string]>(sql`PRAGMA integrity_check`);
	await databases.close();
	const found = new Map(rows.map((row) => [row.batch, row.rows]));
	const numbers = rows.map(({ batch }) => Number(batch?.replace('batch-', '')));
	const lost = Array.from({ length: acknowledged }, (_, i) => `batch-${i + 1}`).filter(
		(batch) => !found.has(batch)
	).length;
	return {
		lost,
		partial: rows.filter((row) => row.rows !== ROWS).length,
		sound: integrity?.[0] === 'ok',
		last: Math.max(0, ...numbers)
	};
}

test(`12 kills at random moments lose nothing (seed ${SEED})`, { timeout: 90_000 }, async () => {
	const dataDir = temporaryDirectory();
	let state = SEED;
	let next = 1;
	for (let kill = 0; kill < 12; kill += 1) {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		const acknowledged = await runUntilKilled(dataDir, 'whole', next, state % 60);
		const findings = await inspect(dataDir, acknowledged);
		expect(findings, `kill ${kill}, seed ${SEED}`).toMatchObject({
			lost: 0,
			partial: 0,
			sound: true
		});
		// A batch may have been committed a moment before it could be acknowledged.
		expect(findings.last - acknowledged).toBeLessThanOrEqual(1);
		next = findings.last + 1;
	}
});

test(
	'the control, without a transaction, leaves partial imports',
	{ timeout: 60_000 },
	async () => {
		const dataDir = temporaryDirectory();
		let partial = 0;
		for (let kill = 0, next = 1; kill < 3 && partial === 0; kill += 1) {
			const acknowledged = await runUntilKilled(dataDir, 'naive', next, 20 + kill * 7);
			const findings = await inspect(dataDir, acknowledged);
			partial += findings.partial;
			next = findings.last + 1;
		}
		expect(partial).toBeGreaterThan(0);
	}
);

test('a second server on the same data directory is told so at once', async () => {
	const dataDir = temporaryDirectory();
	const databases = await Databases.open(dataDir);
	const startedAt = performance.now();
	const child = startNode(program, [dataDir]);
	let err = '';
	child.stderr?.on('data', (part: Buffer) => (err += part.toString()));
	const [code] = (await once(child, 'close')) as [number];
	await databases.close();
	expect(code).not.toBe(0);
	expect(performance.now() - startedAt).toBeLessThan(2_000);
	expect(err).toContain(`used by process ${process.pid}`);
});

test('the lock of a killed process is free again', async () => {
	const dataDir = temporaryDirectory();
	await runUntilKilled(dataDir, 'whole', 1, 5);
	const databases = await Databases.open(dataDir);
	await databases.close();
});
