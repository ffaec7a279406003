/** `quanheng pack`: lint, test, build and diff, with the exit codes of the command line. */
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { folderWith, quanheng } from './run.ts';

/** A copy of the minimal pack that a test may break. */
function copy(): string {
	const cwd = folderWith({});
	cpSync('tests/packs/minimal', join(cwd, 'pack'), { recursive: true });
	return cwd;
}

function edit(cwd: string, path: string, before: string, after: string): void {
	const file = join(cwd, 'pack', path);
	const text = readFileSync(file, 'utf8');
	if (!text.includes(before)) throw new Error(`${path} does not contain “${before}”.`);
	writeFileSync(file, text.replace(before, after));
}

test('the sentences of a pack are PASS lines and a total', async () => {
	const { code, out, err } = await quanheng(['pack', 'test', 'pack'], { cwd: copy() });
	expect(code).toBe(0);
	expect(err).toBe('');
	expect(out).toContain('PASS pack/tests/simple.yaml:1 Revenue on target scores 100 and is good');
	expect(out).toContain('minimal 1.0.0: PASS 3, FAIL 0, ERROR 0');
});

test('a sentence that does not hold is a FAIL with expected, found and trace: exit code 1', async () => {
	const cwd = copy();
	edit(cwd, 'tests/simple.yaml', 'score: 110', 'score: 111');
	const { code, out, err } = await quanheng(['pack', 'test', 'pack'], { cwd });
	expect(code).toBe(1);
	expect(out).toContain('FAIL pack/tests/simple.yaml');
	expect(out).toContain('score: expected 111, found 110');
	expect(err).toContain('1 tests fail');
});

test('--json is one record for each pack, with what no sentence reached', async () => {
	const cwd = copy();
	edit(cwd, 'tests/simple.yaml', 'metric.revenue: 120', 'metric.revenue: 110');
	const { out } = await quanheng(['pack', 'test', 'pack', '--json'], { cwd });
	const { packs } = JSON.parse(out) as { packs: Record<string, unknown>[] };
	expect(packs[0]).toMatchObject({ pack: 'minimal', passed: 2, failed: 1, errors: 0 });
	expect(packs[0]?.['unreached']).toContainEqual({
		scheme: 'simple',
		at: '/adjustments/0/when',
		kind: 'holds',
		reason: null
	});
});

test('a pack with an error is refused with file and line: exit code 3', async () => {
	const cwd = copy();
	edit(cwd, 'metrics/revenue.yaml', 'direction: higher', 'directon: higher');
	for (const command of ['lint', 'test', 'build']) {
		const { code, err } = await quanheng(['pack', command, 'pack'], { cwd });
		expect(code).toBe(3);
		expect(err).toContain('pack/metrics/revenue.yaml:4');
		expect(err).toContain('directon');
	}
	const { out } = await quanheng(['pack', 'lint', 'pack', '--json'], { cwd });
	expect(JSON.parse(out)).toMatchObject({
		diagnostics: expect.arrayContaining([
			expect.objectContaining({ code: 'key_unknown', file: 'pack/metrics/revenue.yaml' })
		]) as unknown
	});
});

test('a symbolic link in a pack is refused, whatever it points to', async () => {
	const cwd = copy();
	symlinkSync('/etc/passwd', join(cwd, 'pack/metrics/secret.yaml'));
	const { code, err } = await quanheng(['pack', 'lint', 'pack'], { cwd });
	expect(code).toBe(3);
	expect(err).toContain('metrics/secret.yaml');
	expect(err).not.toContain('root:');
});

test('a file that is not UTF-8 is refused', async () => {
	const cwd = copy();
	writeFileSync(join(cwd, 'pack/README.md'), new Uint8Array([0xd5, 0xc5, 0x0a]));
	expect((await quanheng(['pack', 'lint', 'pack'], { cwd })).code).toBe(3);
});

test('a folder that is not there is exit code 5', async () => {
	expect((await quanheng(['pack', 'lint', 'none'], { cwd: folderWith({}) })).code).toBe(5);
});

test('a built pack is the same bytes every time and holds a manifest of hashes', async () => {
	const cwd = copy();
	expect((await quanheng(['pack', 'build', 'pack', '--dry-run'], { cwd })).out).toContain(
		'metrics/revenue.yaml'
	);
	await quanheng(['pack', 'build', 'pack', '--out', 'a.zip'], { cwd });
	await quanheng(['pack', 'build', 'pack', '--out', 'b.zip'], { cwd });
	const first = readFileSync(join(cwd, 'a.zip'));
	expect(readFileSync(join(cwd, 'b.zip')).equals(first)).toBe(true);
	const files = unzipSync(first);
	const manifest = JSON.parse(new TextDecoder().decode(files['MANIFEST.json'])) as {
		files: Record<string, string>;
	};
	expect(Object.keys(manifest.files)).toContain('schemes/simple.json');
	expect(manifest.files['pack.yaml']).toMatch(/^[0-9a-f]{64}$/);
});

test('the difference of two packs names the parts', async () => {
	const cwd = copy();
	cpSync(join(cwd, 'pack'), join(cwd, 'old'), { recursive: true });
	edit(cwd, 'metrics/revenue.yaml', 'unit: money', 'unit: count');
	const { code, out } = await quanheng(['pack', 'diff', 'old', 'pack'], { cwd });
	expect(code).toBe(0);
	expect(out).toContain('changed metric revenue');
});

test('of several paths those that are no packs are passed over, as a glob gives them', async () => {
	const cwd = copy();
	writeFileSync(join(cwd, 'README.md'), '# Packs\n');
	const { code, out, err } = await quanheng(['pack', 'test', 'README.md', 'none', 'pack'], { cwd });
	expect(code).toBe(0);
	expect(err).toBe('');
	expect(out).toContain('minimal 1.0.0: PASS 3, FAIL 0, ERROR 0');
	expect((await quanheng(['pack', 'test', 'none'], { cwd })).code).toBe(5);
});
