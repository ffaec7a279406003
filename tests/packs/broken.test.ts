/** Broken packs are refused with file, place and culprit. The broken files are kept beside this test. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { lintPack } from '#lib/packs/lint-pack.ts';
import { changed, fixture, minimalPack, root, type Change } from './pack-files.ts';

interface BrokenPack extends Change {
	readonly name: string;
	readonly expect: {
		readonly file: string;
		readonly code: string;
		readonly words: readonly (string | number)[];
		readonly line?: number;
	};
}

test('the minimal pack is sound, so that what breaks it is the change', async () => {
	const { pack, findings } = lintPack(await minimalPack());
	expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
	expect(pack?.manifest.id).toBe('minimal');
});

for (const file of readdirSync(join(root, 'tests/packs/broken')).sort()) {
	describe(file, () => {
		for (const broken of parse(fixture(`broken/${file}`)) as BrokenPack[]) {
			test(broken.name, async () => {
				const { findings } = lintPack(changed(await minimalPack(), broken));
				const { code, words, line } = broken.expect;
				const found = findings.find(
					(finding) => finding.code === code && finding.file === broken.expect.file
				);
				const all = findings.map((finding) => `${finding.file} ${finding.code} ${finding.at}`);
				expect(found, all.join('\n')).toBeDefined();
				if (!found) return;
				const said = `${found.file} ${found.message.en} ${found.advice.en}`;
				for (const word of words) expect(said).toContain(String(word));
				expect(`${found.message['zh-CN']}${found.advice['zh-CN']}`).toMatch(/[\u4e00-\u9fff]/);
				expect(`${found.message['zh-CN']}${found.message.en}`).not.toMatch(/\{\w+\}/);
				if (line !== undefined) expect(found.line).toBe(line);
			});
		}
	});
}
