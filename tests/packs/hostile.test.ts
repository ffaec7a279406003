/** Hostile files are refused quickly, by name, and reach nothing: no hang, no crash, no pollution. */
import { fc, test as property } from './property.ts';
import { expect, test } from 'vitest';
import { parsePack } from '#lib/packs/parse-pack.ts';
import { PACK_LIMITS } from '#lib/packs/limits.ts';
import { readYaml } from '#lib/packs/yaml.ts';
import type { PackFinding } from '#lib/packs/finding.ts';
import { changed, minimalPack } from './pack-files.ts';

const LONGEST_MS = 1_000;

/** Milliseconds of a piece of work: the processor's where the machine is busy with other things. */
async function costOf(work: () => void | Promise<void>): Promise<number> {
	let least = Infinity;
	for (let attempt = 0; attempt < 3 && least >= LONGEST_MS; attempt++) {
		const before = process.cpuUsage();
		const started = performance.now();
		await work();
		const { user, system } = process.cpuUsage(before);
		least = Math.min(least, performance.now() - started, (user + system) / 1000);
	}
	return least;
}

/** Reads a hostile text; gives the codes of what was found. */
async function codesOf(text: string): Promise<string[]> {
	let findings: PackFinding[] = [];
	let value: unknown;
	const cost = await costOf(() => {
		findings = [];
		value = readYaml(text, 'metrics/x.yaml', findings).value;
	});
	expect(cost).toBeLessThan(LONGEST_MS);
	expect(value).toBeNull();
	expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
	return findings.map(({ code }) => code);
}

test('an alias bomb is refused at its first anchor', async () => {
	const levels = Array.from({ length: 9 }, (_, i) => {
		const inner = Array.from({ length: 9 }, () => (i === 0 ? 'lol' : `*l${i - 1}`)).join(', ');
		return `l${i}: &l${i} [${inner}]`;
	});
	expect(await codesOf(levels.join('\n'))).toEqual(['yaml_forbidden']);
});

test('100,000 keys are refused by size, before they are parsed', async () => {
	const keys = Array.from({ length: 100_000 }, (_, i) => `key${i}: ${i}`).join('\n');
	expect(await codesOf(keys)).toEqual(['file_too_large']);
});

test('the most keys that fit are read within a second', async () => {
	const keys: string[] = [];
	for (let i = 0, size = 0; size < PACK_LIMITS.fileBytes - 20; i++) {
		const line = `k${i}: 1\n`;
		keys.push(line);
		size += line.length;
	}
	const text = keys.join('');
	expect(await costOf(() => void readYaml(text, 'metrics/x.yaml', []))).toBeLessThan(LONGEST_MS);
});

for (const [name, text] of [
	['lists in lists', '['.repeat(50_000)],
	['maps in maps', '{a: '.repeat(15_000)],
	['compact sequences', `${'- '.repeat(30_000)}x`],
	['explicit keys', `${'? '.repeat(30_000)}x`],
	['indentation', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')]
] as const) {
	test(`${name}, thousands deep, are refused for their depth`, async () => {
		expect(await codesOf(text)).toEqual(['yaml_too_deep']);
	});
}

test('a prototype as a key is refused and pollutes nothing', async () => {
	expect(await codesOf('__proto__: { polluted: true }')).toEqual(['key_unsafe']);
	expect(await codesOf('a: { constructor: { prototype: { polluted: true } } }')).toEqual([
		'key_unsafe'
	]);
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
		const mutant = changed(files, { files: { [path]: text } });
		expect(
			await costOf(() => {
				for (const { message } of parsePack(mutant).findings) expect(message.en).not.toBe('');
			})
		).toBeLessThan(LONGEST_MS);
	}
);
