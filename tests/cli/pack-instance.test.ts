/** Packs on an instance by the command line: archives, upgrades and their choices, and taking back. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, quanheng } from './run.ts';

const AT = ['--client', 'acme', '--data-dir', 'data'];

/** An instance with a client, and the minimal pack in two versions as zips. */
async function instance(): Promise<{ cwd: string; run: typeof quanheng }> {
	const cwd = folderWith({});
	const run: typeof quanheng = (argv) => quanheng(argv, { cwd });
	await run([
		...['client', 'create', 'acme', '--name-zh', '甲公司', '--name-en', 'Acme'],
		...['--data-dir', 'data']
	]);
	for (const [folder, version, decimals] of [
		['one', '1.0.0', ''],
		['two', '1.1.0', '\ndecimals: 2']
	] as const) {
		cpSync('tests/packs/minimal', join(cwd, folder), { recursive: true });
		edit(cwd, `${folder}/pack.yaml`, 'version: 1.0.0', `version: ${version}`);
		edit(cwd, `${folder}/CHANGELOG.md`, '## 1.0.0', `## ${version}`);
		edit(cwd, `${folder}/metrics/revenue.yaml`, 'unit: money', `unit: money${decimals}`);
	}
	return { cwd, run };
}

function edit(cwd: string, path: string, before: string, after: string): void {
	const file = join(cwd, path);
	const text = readFileSync(file, 'utf8');
	if (!text.includes(before)) throw new Error(`${path} does not contain “${before}”.`);
	writeFileSync(file, text.replace(before, after));
}

test('a signed pack is built, judged with the key that is trusted, and refused without it', async () => {
	const { cwd, run } = await instance();
	expect((await run(['pack', 'keygen', 'author', '--name', 'Author'])).code).toBe(0);
	expect((await run(['pack', 'keygen', 'author', '--name', 'Author'])).code).toBe(1);
	const built = await run(['pack', 'build', 'one', '--key', 'author.key', '--json']);
	expect(JSON.parse(built.out)).toMatchObject({ file: 'minimal-1.0.0.zip', pack: 'minimal' });
	const trust = ['--trust', 'author.pub.json'];
	expect((await run(['pack', 'test', 'minimal-1.0.0.zip', ...trust])).code).toBe(0);
	const unknown = await run(['pack', 'lint', 'minimal-1.0.0.zip']);
	expect(unknown.code).toBe(3);
	expect(unknown.err).toContain('signer_unknown');
	const bytes = readFileSync(join(cwd, 'minimal-1.0.0.zip'));
	writeFileSync(join(cwd, 'half.zip'), bytes.subarray(0, bytes.length / 2));
	const half = await run(['pack', 'lint', 'half.zip', '--locale', 'zh-CN']);
	expect(half.code).toBe(3);
	expect(half.err).toContain('zip');
	expect((await run(['pack', 'build', 'one', '--key', 'author.pub.json'])).code).toBe(3);
});

test('a zip is installed with answers, upgraded, and taken back', async () => {
	const { run } = await instance();
	await run(['pack', 'build', 'one', '--out', 'one.zip']);
	await run(['pack', 'build', 'two', '--out', 'two.zip']);
	const wrong = await run(['pack', 'install', 'one.zip', ...AT, '--param', 'bonus=1']);
	expect(wrong.code).toBe(3);
	expect(wrong.err).toContain('answer_unknown');
	const installed = await run([
		...['pack', 'install', 'one.zip', ...AT, '--param', 'bonus_from=1.3', '--grade', 'good=85'],
		'--json'
	]);
	expect(installed).toMatchObject({ code: 0, err: '' });
	expect(JSON.parse(installed.out)).toMatchObject({ counts: { added: 5 } });
	const plan = await run(['pack', 'plan', 'two.zip', ...AT]);
	expect(plan.out).toContain('minimal 1.0.0 → 1.1.0');
	expect(plan.out).toContain('decimals: adds 2');
	const upgraded = await run(['pack', 'upgrade', 'minimal', ...AT, '--json']);
	expect(JSON.parse(upgraded.out)).toMatchObject({ changed: true, counts: { merged: 1 } });
	const again = await run(['pack', 'upgrade', 'minimal', ...AT, '--json']);
	expect(JSON.parse(again.out)).toMatchObject({ changed: false });
	expect((await run(['pack', 'upgrade', 'minimal', '--to', '1.0.0', ...AT])).code).toBe(4);

	const asked = await run(['pack', 'uninstall', 'minimal', ...AT]);
	expect(asked.code).toBe(2);
	expect(asked.err).toContain('--yes');
	const dry = await run(['pack', 'uninstall', 'minimal', ...AT, '--dry-run', '--json']);
	expect(JSON.parse(dry.out)).toMatchObject({ counts: { retired: 5 } });
	expect((await run(['pack', 'uninstall', 'minimal', ...AT, '--yes'])).code).toBe(0);
	expect((await run(['pack', 'uninstall', 'minimal', ...AT, '--yes'])).code).toBe(5);
	expect((await run(['audit', 'verify', '--data-dir', 'data'])).out).toContain('intact');
});

test('an archive that is refused changes nothing at the client', async () => {
	const { cwd, run } = await instance();
	edit(cwd, 'one/tests/simple.yaml', 'score: 110', 'score: 111');
	writeFileSync(join(cwd, 'no.zip'), 'no zip');
	const refused = await run(['pack', 'install', 'no.zip', ...AT]);
	expect(refused.code).toBe(3);
	expect(refused.err).toContain('archive_unreadable');
	expect((await run(['pack', 'receive', 'none.zip', ...AT])).code).toBe(5);
	expect((await run(['pack', 'plan', 'minimal', ...AT])).code).toBe(5);
});
