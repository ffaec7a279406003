/** What an administrator does without a browser: backups, whole clients, runs, tokens, a check-up. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#lib/server/clock.ts';
import { Databases } from '#lib/server/db/databases.ts';
import { seedDemo } from '#lib/server/demo/seed-demo.ts';
import { randomIds } from '#lib/server/ids.ts';
import { folderWith, quanheng, type Run } from './run.ts';

const DEMO = ['--client', 'demo'];
const home = mkdtempSync(join(tmpdir(), 'quanheng-operations-'));
const backup = join(home, 'backup');

beforeAll(async () => {
	const databases = await Databases.open(join(home, 'data'));
	const world = { clock: systemClock, ids: randomIds(systemClock), databases };
	await seedDemo(world, { packs: ['freight-forwarding'] });
	// The lock is still held here, as by a running server: a backup needs no stop.
	const made = await quanheng(['db', 'backup', 'backup', '--data-dir', 'data'], { cwd: home });
	expect(made.err).toBe('control.db\nclients/demo.db\n');
	await databases.close();
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Restored {
	readonly cwd: string;
	readonly run: (...argv: string[]) => Promise<Run>;
}

/** The demo client in a fresh data directory, from the backup. */
async function restored(): Promise<Restored> {
	const cwd = folderWith({});
	const run = (...argv: string[]): Promise<Run> =>
		quanheng([...argv, '--data-dir', 'data'], { cwd });
	expect(await run('db', 'restore', backup)).toMatchObject({ code: 0, err: '' });
	return { cwd, run };
}

describe('a backup', () => {
	test('is sound, and restored it has the same chains', async () => {
		const { run } = await restored();
		expect((await quanheng(['db', 'verify', backup])).out).toBe(
			'control.db\tok\nclients/demo.db\tok\n'
		);
		expect((await run('db', 'verify')).code).toBe(0);
		expect((await run('audit', 'verify')).out).not.toContain('ALTERED');
	});

	test('is never written over, nor restored over data', async () => {
		const { cwd, run } = await restored();
		expect((await run('db', 'restore', backup)).code).toBe(4);
		expect((await run('db', 'backup', backup)).code).toBe(4);
		const tried = await run('db', 'backup', 'new', '--dry-run');
		expect(tried).toMatchObject({ code: 0, out: 'control.db\nclients/demo.db\n' });
		expect(existsSync(join(cwd, 'new'))).toBe(false);
	});

	test('with one byte altered is refused before anything is written', async () => {
		const { cwd, run } = await restored();
		expect((await run('db', 'backup', 'copy')).code).toBe(0);
		const file = join(cwd, 'copy/clients/demo.db');
		const bytes = readFileSync(file);
		bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
		writeFileSync(file, bytes);
		const { code, err } = await quanheng(['db', 'restore', 'copy', '--data-dir', 'other'], { cwd });
		expect(code).toBe(3);
		expect(err).toContain('clients/demo.db');
		expect(existsSync(join(cwd, 'other'))).toBe(false);
		expect((await quanheng(['db', 'verify', 'nowhere'], { cwd })).code).toBe(5);
	});
});

describe('a client', () => {
	test('is exported as one file and deleted with it when that is confirmed', async () => {
		const { cwd, run } = await restored();
		expect((await run('client', 'export', ...DEMO, '--out', 'demo.db')).code).toBe(0);
		expect((await run('client', 'export', ...DEMO, '--out', 'demo.db')).code).toBe(4);
		expect((await run('client', 'delete', 'demo')).code).toBe(2);
		expect((await run('client', 'delete', 'demo', '--dry-run')).code).toBe(0);
		expect(existsSync(join(cwd, 'data/clients/demo.db'))).toBe(true);
		expect((await run('client', 'delete', 'demo', '--yes')).code).toBe(0);
		expect(existsSync(join(cwd, 'data/clients/demo.db'))).toBe(false);
		expect((await run('client', 'list')).out).toBe('');
		expect((await run('client', 'delete', 'demo', '--yes')).code).toBe(5);
		expect((await run('audit', 'verify')).out).toContain('intact');
	});
});

describe('the main job', () => {
	test('replays a draft and keeps the result', async () => {
		const { run } = await restored();
		const periods = ['--periods', '2026-01..2026-03'];
		const { code, out } = await run('replay', 'run', 'sales-draft', ...DEMO, ...periods, '--json');
		expect(code).toBe(0);
		const report = JSON.parse(out) as { dataset: { periods: string[] }; summary: object };
		expect(report.dataset.periods).toEqual(['2026-01', '2026-02', '2026-03']);
		expect((await run('replay', 'run', 'nothing', ...DEMO)).code).toBe(5);
		expect((await run('replay', 'run', 'sales-draft', ...DEMO, '--periods', 'May')).code).toBe(2);
	});

	test('scores a period and releases it; a period without a version is refused', async () => {
		const { run } = await restored();
		const { code, out } = await run('score', 'run', '2026-10', ...DEMO, '--release', '--json');
		expect(code).toBe(0);
		expect(JSON.parse(out)).toMatchObject({ period: '2026-10', released: true });
		expect((await run('score', 'run', '2020-01', ...DEMO)).code).toBe(3);
	});

	test('shows a version as it was published, and publishes only what was approved', async () => {
		const { run } = await restored();
		const { out } = await run('version', 'show', 'sales', '1', ...DEMO);
		const shown = JSON.parse(out) as { hash: string; document: { id: string } };
		expect(shown.document.id).toBe('sales');
		expect((await run('version', 'list', ...DEMO)).out).toContain(shown.hash);
		expect((await run('version', 'show', 'sales', '9', ...DEMO)).code).toBe(5);
		const again = ['version', 'publish', 'sales-v1-submission', ...DEMO, '--from', '2024-11'];
		expect((await run(...again)).out).toContain(shown.hash);
		expect((await run('version', 'publish', 'none', ...DEMO, '--from', '2026-12')).code).toBe(5);
	});
});

test('a token is printed once, and ended by its id', async () => {
	const { run } = await restored();
	const made = await run(
		...['token', 'create', 'nightly', ...DEMO, '--account', 'implementer', '--json']
	);
	const { id, token } = JSON.parse(made.out) as { id: string; token: string };
	expect(token).toMatch(/^qh_[\w-]{43}$/);
	expect((await run('token', 'revoke', id, ...DEMO)).code).toBe(0);
	expect((await run('token', 'revoke', id, ...DEMO)).code).toBe(5);
	const wrong = ['token', 'create', 'x', ...DEMO, '--account', 'nobody'];
	expect((await run(...wrong)).code).toBe(5);
});

test('the check-up names what is wrong and ends with 1', async () => {
	const { cwd, run } = await restored();
	const well = await run('doctor', '--json');
	expect(well.code).toBe(0);
	const { checks } = JSON.parse(well.out) as { checks: { check: string; status: string }[] };
	expect(checks.filter(({ status }) => status === 'fail')).toEqual([]);
	expect(checks.map(({ check }) => check)).toContain('audit demo');
	writeFileSync(join(cwd, 'data/clients/stray.db'), 'not a database at all'.repeat(300));
	const ill = await run('doctor');
	expect(ill.code).toBe(1);
	expect(ill.out).toMatch(/^fail\tclients\/stray\.db\t/m);
});

test('the description of the API is printed without an instance', async () => {
	const { code, out } = await quanheng(['openapi']);
	expect(code).toBe(0);
	expect(JSON.parse(out)).toMatchObject({ openapi: '3.1.0' });
});

test('options that a command needs are asked for by name', async () => {
	expect((await quanheng(['replay', '--data', 'x.csv'])).err).toContain('--draft');
	expect(await quanheng(['score', 'x.json'])).toMatchObject({ code: 2 });
});
