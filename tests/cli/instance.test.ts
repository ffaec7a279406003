/** Commands on an instance: alone on its data directory, through the same use cases as the pages. */
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Databases } from '#lib/server/db/databases.ts';
import { folderWith, quanheng } from './run.ts';

async function instance(): Promise<string> {
	const cwd = folderWith({});
	const made = await quanheng(
		['client', 'create', 'acme', '--name-zh', '甲公司', '--name-en', 'Acme', '--data-dir', 'data'],
		{ cwd }
	);
	expect(made).toMatchObject({ code: 0, out: 'acme\n', err: '' });
	return cwd;
}

test('a client is made, listed and migrated', async () => {
	const cwd = await instance();
	expect((await quanheng(['client', 'list', '--data-dir', 'data'], { cwd })).out).toBe(
		'acme\tAcme\n'
	);
	expect((await quanheng(['db', 'migrate', '--data-dir', 'data'], { cwd })).out).toBe(
		'control\nacme\n'
	);
});

test('a dry run makes nothing', async () => {
	const cwd = folderWith({});
	const argv = ['client', 'create', 'b', '--name-zh', '乙', '--name-en', 'B', '--data-dir', 'data'];
	expect((await quanheng([...argv, '--dry-run'], { cwd })).code).toBe(0);
	expect(existsSync(join(cwd, 'data'))).toBe(false);
});

test('a pack is planned, installed, and installed again without effect', async () => {
	const cwd = await instance();
	const at = ['--client', 'acme', '--data-dir', 'data'];
	const plan = await quanheng(['pack', 'plan', 'freight-forwarding', ...at, '--json'], { cwd });
	expect(JSON.parse(plan.out)).toMatchObject({
		isInstalled: false,
		counts: { same: 0, conflict: 0 }
	});
	const first = await quanheng(['pack', 'install', 'freight-forwarding', ...at], { cwd });
	expect(first).toMatchObject({ code: 0, err: '' });
	const again = await quanheng(['pack', 'plan', 'freight-forwarding', ...at, '--json'], { cwd });
	expect(JSON.parse(again.out)).toMatchObject({
		isInstalled: true,
		counts: { added: 0, conflict: 0 }
	});
	expect((await quanheng(['audit', 'verify', '--data-dir', 'data'], { cwd })).out).toContain(
		'intact'
	);
	expect((await quanheng(['version', 'list', ...at], { cwd })).code).toBe(0);
});

test('an account is made with a password that has to be changed, reset, and disabled', async () => {
	const cwd = await instance();
	const at = ['--data-dir', 'data'];
	const made = await quanheng(
		['user', 'create', 'kim', '--client', 'acme', '--role', 'auditor', ...at],
		{ cwd }
	);
	expect(made.code).toBe(0);
	expect(made.out).toMatch(/^[\w-]{16}\n$/);
	const tried = await quanheng(['user', 'reset', 'kim', '--dry-run', ...at], { cwd });
	expect(tried).toMatchObject({ code: 0, out: '' });
	const reset = await quanheng(['user', 'reset', 'KIM', ...at], { cwd });
	expect(reset.out).toMatch(/^[\w-]{16}\n$/);
	expect(reset.out).not.toBe(made.out);
	expect((await quanheng(['user', 'disable', 'kim', ...at], { cwd })).code).toBe(0);
});

test('what does not exist is exit code 5, wrong options 2, what exists already 4', async () => {
	const cwd = await instance();
	const at = ['--data-dir', 'data'];
	const codeOf = async (...argv: string[]): Promise<number> =>
		(await quanheng([...argv, ...at], { cwd })).code;
	expect(await codeOf('version', 'list', '--client', 'nobody')).toBe(5);
	expect(await codeOf('user', 'reset', 'nobody')).toBe(5);
	expect(await codeOf('pack', 'install', 'nothing', '--client', 'acme')).toBe(5);
	expect(await codeOf('user', 'create', 'kim', '--role', 'king', '--client', 'acme')).toBe(2);
	expect(await codeOf('client', 'create', 'acme', '--name-zh', '甲', '--name-en', 'A')).toBe(4);
	const none = await quanheng(['client', 'list', '--data-dir', 'none'], { cwd });
	expect(none.code).toBe(5);
	expect(existsSync(join(cwd, 'none'))).toBe(false);
});

test('while another process uses the data directory the command is refused', async () => {
	const cwd = await instance();
	const held = await Databases.open(join(cwd, 'data'));
	try {
		const { code, err } = await quanheng(['client', 'list', '--data-dir', 'data'], { cwd });
		expect(code).toBe(4);
		expect(err).toContain('Stop the server first');
	} finally {
		await held.close();
	}
});

test('the exports of the sample client are written', async () => {
	const cwd = folderWith({});
	const pack = join(process.cwd(), 'rule-packs/freight-forwarding');
	const { code, out } = await quanheng(['pack', 'sample', pack, '--out', 'sample'], { cwd });
	expect(code).toBe(0);
	for (const name of ['people.csv', 'observations.csv', 'targets.csv']) {
		expect(out).toContain(name);
		expect(existsSync(join(cwd, 'sample', name))).toBe(true);
	}
});
