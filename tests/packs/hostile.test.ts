/** Hostile files are refused quickly, by name, and reach nothing: no hang, no crash, no pollution. */
import { fc, test as property } from './property.ts';
import { expect, test } from 'vitest';
import { parsePack } from '#lib/packs/parse-pack.ts';
import { PACK_LIMITS } from '#lib/packs/limits.ts';
import { readYaml } from '#lib/packs/yaml.ts';
import type { PackFinding } from '#lib/packs/finding.ts';
import { changed, minimalPack } from './pack-files.ts';

const LONGEST_MS = 1_000;

/** Reads a hostile text; gives the codes of what was found. */
function codesOf(text: string): string[] {
	const findings: PackFinding[] = [];
	const started = performance.now();
	const { value } = readYaml(text, 'metrics/x.yaml', findings);
	expect(performance.now() - started).toBeLessThan(LONGEST_MS);
	expect(value).toBeNull();
	expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
	return findings.map(({ code }) => code);
}

test('an alias bomb is refused at its first anchor', () => {
	const levels = Array.from({ length: 9 }, (_, i) => {
		const inner = Array.from({ length: 9 }, () => (i === 0 ? 'lol' : `*l${i - 1}`)).join(', ');
		return `l${i}: &l${i} [${inner}]`;
	});
	expect(codesOf(levels.join('\n'))).toEqual(['yaml_forbidden']);
});

test('100,000 keys are refused by size, before they are parsed', () => {
	const keys = Array.from({ length: 100_000 }, (_, i) => `key${i}: ${i}`).join('\n');
	expect(codesOf(keys)).toEqual(['file_too_large']);
});

test('the most keys that fit are read within a second', () => {
	const keys: string[] = [];
	for (let i = 0, size = 0; size < PACK_LIMITS.fileBytes - 20; i++) {
		const line = `k${i}: 1\n`;
		keys.push(line);
		size += line.length;
	}
	const started = performance.now();
	readYaml(keys.join(''), 'metrics/x.yaml', []);
	expect(performance.now() - started).toBeLessThan(LONGEST_MS);
});

for (const [name, text] of [
	['lists in lists', '['.repeat(50_000)],
	['maps in maps', '{a: '.repeat(15_000)],
	['compact sequences', `${'- '.repeat(30_000)}x`],
	['explicit keys', `${'? '.repeat(30_000)}x`],
	['indentation', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')]
] as const) {
	test(`${name}, thousands deep, are refused for their depth`, () => {
		expect(codesOf(text)).toEqual(['yaml_too_deep']);
	});
}

test('a prototype as a key is refused and pollutes nothing', () => {
	expect(codesOf('__proto__: { polluted: true }')).toEqual(['key_unsafe']);
	expect(codesOf('a: { constructor: { prototype: { polluted: true } } }')).toEqual(['key_unsafe']);
});

test('a pack of 10,000 files is refused unread', async () => {
	const files = new Map(await minimalPack());
	for (let i = 0; i < 10_000; i++) files.set(`metrics/m${i}.yaml`, 'id: x');
	const { pack, findings } = parsePack(files);
	expect(pack).toBeNull();
	expect(findings.map(({ code }) => code)).toEqual(['pack_too_many_files']);
});

test('a pack of more than 5 MiB is refused', async () => {
	const large = 'x'.repeat(500_000);
	const files = Object.fromEntries(
		Array.from({ length: 12 }, (_, i) => [`metrics/m${i}.yaml`, large])
	);
	const { pack, findings } = parsePack(changed(await minimalPack(), { files }));
	expect(pack).toBeNull();
	expect(findings.map(({ code }) => code)).toContain('pack_too_large');
});

property(
	'any mutation of a sound file gives findings or a pack, never an exception',
	fc.nat(),
	fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'{}[]:-&*!%#"\'\n\t|>?,@`0aé')), {
		minLength: 1,
		maxLength: 6
	}),
	async (which, edits) => {
		const files = await minimalPack();
		const paths = [...files.keys()];
		const path = paths[which % paths.length] ?? 'pack.yaml';
		let text = files.get(path) ?? '';
		for (const [at, character] of edits) {
			const place = at % (text.length + 1);
			text = text.slice(0, place) + character + text.slice(place + 1);
		}
		const started = performance.now();
		const { findings } = parsePack(changed(files, { files: { [path]: text } }));
		expect(performance.now() - started).toBeLessThan(LONGEST_MS);
		for (const finding of findings) expect(finding.message.en).not.toBe('');
	}
);
