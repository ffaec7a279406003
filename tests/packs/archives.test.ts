/** A hostile archive is refused before anything is unpacked or written, by a sentence that names the place. */
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { parsePack, type PackFiles } from '#lib/packs/parse-pack.ts';
import type { Pack } from '#lib/packs/pack.ts';
import { judgeArchive, type JudgedArchive } from '#lib/server/packs/archive/judge-archive.ts';
import {
	makeKeys,
	readSigningKey,
	readTrustedKey,
	type SigningKey,
	type TrustedKey
} from '#lib/server/packs/archive/keys.ts';
import { writeArchive } from '#lib/server/packs/archive/write-archive.ts';
import { changed, minimalPack, type Change } from './pack-files.ts';
import { zipByHand, type HandEntry } from './archives/zip-by-hand.ts';

let files: PackFiles;
let pack: Pack;
const keys = makeKeys('Quanheng tests', '2026-12-31');
const stranger = makeKeys('Somebody');

beforeAll(async () => {
	files = await minimalPack();
	pack = sound(files);
});

function sound(all: PackFiles): Pack {
	const parsed = parsePack(all);
	if (!parsed.pack) throw new Error(parsed.findings.map(({ message }) => message.en).join('\n'));
	return parsed.pack;
}

function signing(pem = keys.privatePem): SigningKey {
	const key = readSigningKey(pem);
	if (!key) throw new Error('no key');
	return key;
}

function trusted(file: object = keys.publicFile): TrustedKey[] {
	const key = readTrustedKey(JSON.stringify(file));
	return key ? [key] : [];
}

const judge = (bytes: Uint8Array, today = '2026-11-22'): Promise<JudgedArchive> =>
	judgeArchive(bytes, { keys: trusted(), today });

/** The entries of an honest archive, to be spoilt. */
function entries(signed = false): HandEntry[] {
	const bytes = writeArchive(pack, files, signed ? signing() : null);
	return Object.entries(unzipSync(bytes)).map(([name, content]) => ({ name, content }));
}

function without(name: string, signed = false): HandEntry[] {
	return entries(signed).filter((entry) => entry.name !== name);
}

/** A pack whose files are changed, with a manifest that fits. */
function rebuilt(change: Change): Uint8Array {
	const all = changed(files, change);
	return writeArchive({ manifest: pack.manifest, hash: pack.hash }, all);
}

const text = (content: string | Uint8Array): string => Buffer.from(content).toString('utf8');

/** Replaces text inside one entry. */
function edited(name: string, before: string | RegExp, after: string, signed = false): HandEntry[] {
	return entries(signed).map((entry) =>
		entry.name === name ? { ...entry, content: text(entry.content).replace(before, after) } : entry
	);
}

test('an honest archive gives the pack, signed or not, and the same bytes every time', async () => {
	const plain = writeArchive(pack, files);
	expect(Buffer.compare(plain, writeArchive(pack, new Map([...files].reverse())))).toBe(0);
	expect(await judge(plain)).toMatchObject({ signer: null, pack: { hash: pack.hash } });
	const signed = writeArchive(pack, files, signing());
	expect(await judge(signed)).toMatchObject({
		signer: 'Quanheng tests',
		pack: { hash: pack.hash }
	});
	expect(Buffer.compare(signed, writeArchive(pack, files, signing()))).toBe(0);
	expect((await judge(zipByHand(entries()))).pack?.hash).toBe(pack.hash);
});

interface Hostile {
	readonly name: string;
	readonly bytes: () => Uint8Array;
	readonly code: string;
	/** Words that the message must contain. */
	readonly words: readonly string[];
	readonly today?: string;
}

const extra = (entry: HandEntry) => () => zipByHand([...entries(), entry]);
const named = (name: string | Uint8Array) => extra({ name, content: 'x' });
const MEBIBYTE = 1024 * 1024;

const hostile: readonly Hostile[] = [
	...(
		[
			['../evil.yaml', '..'],
			['metrics/../../evil.yaml', '..'],
			['/etc/passwd', 'absolute'],
			['C:/evil.yaml', 'drive letter'],
			['metrics\\evil.yaml', 'backslash'],
			['..\\evil.yaml', 'backslash'],
			['metrics//evil.yaml', 'empty part'],
			['./metrics/evil.yaml', 'empty part'],
			['metrics/e\u0000vil.yaml', 'not allowed'],
			['metrics/evil\u202eyaml', 'not allowed'],
			['metrics/évil.yaml', 'not allowed'],
			['metrics/con.yaml', 'Windows reserves'],
			['metrics/evil.', 'dot'],
			[`metrics/${'x'.repeat(300)}.yaml`, 'too long'],
			['', 'empty']
		] as const
	).map(([path, word]) => ({
		name: `a file called ${JSON.stringify(path).slice(0, 40)}`,
		bytes: named(path),
		code: 'pack_path_unsafe',
		words: [word]
	})),
	{
		name: 'a name that is no UTF-8',
		bytes: named(new Uint8Array([0x6d, 0xff, 0xfe])),
		code: 'pack_path_unsafe',
		words: ['not allowed']
	},
	{
		name: 'a file without a place',
		bytes: named('scripts/install.sh'),
		code: 'pack_file_unknown',
		words: ['scripts/install.sh', 'metrics/*.yaml']
	},
	{
		name: 'a symbolic link',
		bytes: extra({
			name: 'metrics/link.yaml',
			content: '/etc/passwd',
			attributes: 0o120777 * 65536
		}),
		code: 'archive_not_a_file',
		words: ['metrics/link.yaml', 'symbolic link']
	},
	{
		name: 'a device',
		bytes: extra({ name: 'metrics/zero.yaml', content: '', attributes: 0o020666 * 65536 }),
		code: 'archive_not_a_file',
		words: ['device']
	},
	{
		name: 'a name that stands twice',
		bytes: () => zipByHand([...entries(), ...entries().slice(-1)]),
		code: 'archive_duplicate',
		words: ['twice']
	},
	{
		name: 'names that differ in case only',
		bytes: extra({ name: 'metrics/Revenue.yaml', content: 'id: x' }),
		code: 'pack_path_clash',
		words: ['metrics/Revenue.yaml', 'metrics/revenue.yaml']
	},
	{
		name: '501 files',
		bytes: () =>
			zipByHand([
				...entries(),
				...Array.from({ length: 501 }, (_, i) => ({ name: `metrics/m${i}.yaml`, content: 'id: x' }))
			]),
		code: 'pack_too_many_files',
		words: ['500']
	},
	{
		name: '10,000 files',
		bytes: () =>
			zipByHand(
				Array.from({ length: 10_000 }, (_, i) => ({ name: `metrics/m${i}.yaml`, content: '' }))
			),
		code: 'pack_too_many_files',
		words: ['10000', '500']
	},
	{
		name: 'more than 5 MiB of archive',
		bytes: extra({ name: 'README.md', content: randomBytes(5 * MEBIBYTE + 1), method: 0 }),
		code: 'archive_too_large',
		words: ['5242880']
	},
	{
		name: 'a bomb that says how large it is',
		bytes: extra({ name: 'metrics/bomb.yaml', content: Buffer.alloc(4 * MEBIBYTE, 'a') }),
		code: 'archive_bomb',
		words: ['metrics/bomb.yaml', '4194304']
	},
	{
		name: 'many files that are too large together',
		bytes: () =>
			zipByHand([
				...entries(),
				...Array.from({ length: 110 }, (_, i) => ({
					name: `metrics/m${i}.yaml`,
					content: Buffer.alloc(60_000, 'a')
				}))
			]),
		code: 'pack_too_large',
		words: ['5242880']
	},
	{
		name: 'a bomb that lies about its size',
		bytes: extra({
			name: 'metrics/bomb.yaml',
			content: Buffer.alloc(20 * MEBIBYTE, 'a'),
			declaredSize: 100
		}),
		code: 'archive_bomb',
		words: ['metrics/bomb.yaml', '100']
	},
	{
		name: 'an archive inside the archive',
		bytes: extra({ name: 'metrics/inner.yaml', content: zipByHand([]), method: 0 }),
		code: 'archive_nested',
		words: ['metrics/inner.yaml']
	},
	{
		name: 'an encrypted entry',
		bytes: extra({ name: 'metrics/secret.yaml', content: 'x', flags: 1 }),
		code: 'archive_encrypted',
		words: ['metrics/secret.yaml']
	},
	{
		name: 'an unknown compression',
		bytes: extra({ name: 'metrics/lzma.yaml', content: 'x', method: 14 }),
		code: 'archive_method',
		words: ['14']
	},
	{
		name: 'bytes that are no text',
		bytes: extra({ name: 'metrics/bytes.yaml', content: new Uint8Array([0xff, 0xfe, 0x41]) }),
		code: 'file_not_text',
		words: ['UTF-8']
	},
	{
		name: 'no zip at all',
		bytes: () => Buffer.from('id: minimal\n'),
		code: 'archive_unreadable',
		words: ['zip']
	},
	{
		name: 'half a zip',
		bytes: () => writeArchive(pack, files).slice(0, 900),
		code: 'archive_unreadable',
		words: ['zip']
	},
	{
		name: 'no manifest',
		bytes: () => zipByHand(without('MANIFEST.json')),
		code: 'manifest_missing',
		words: ['MANIFEST.json']
	},
	{
		name: 'a manifest with a field of its own',
		bytes: () => zipByHand(edited('MANIFEST.json', '"pack":', '"run": "rm", "pack":')),
		code: 'manifest_refused',
		words: ['run']
	},
	{
		name: 'a manifest of __proto__',
		bytes: () => zipByHand(edited('MANIFEST.json', '"pack":', '"__proto__": {}, "pack":')),
		code: 'manifest_refused',
		words: ['__proto__']
	},
	{
		name: 'a manifest of another pack',
		bytes: () => zipByHand(edited('MANIFEST.json', '"minimal"', '"maximal"')),
		code: 'manifest_refused',
		words: ['pack', 'minimal', 'maximal']
	},
	{
		name: 'a manifest of another version',
		bytes: () => zipByHand(edited('MANIFEST.json', '"1.0.0"', '"9.0.0"')),
		code: 'manifest_refused',
		words: ['version', '1.0.0', '9.0.0']
	},
	{
		name: 'a changed file',
		bytes: () => zipByHand(edited('metrics/revenue.yaml', 'higher', 'lower')),
		code: 'hash_wrong',
		words: ['metrics/revenue.yaml']
	},
	{
		name: 'an added file',
		bytes: extra({ name: 'metrics/extra.yaml', content: 'id: extra' }),
		code: 'file_unlisted',
		words: ['metrics/extra.yaml']
	},
	{
		name: 'a removed file',
		bytes: () => zipByHand(without('presets/monthly-export.yaml')),
		code: 'file_listed_missing',
		words: ['presets/monthly-export.yaml']
	},
	{
		name: 'a stripped signature',
		bytes: () => zipByHand(without('SIGNATURE.json', true)),
		code: 'signature_stripped',
		words: [keys.fingerprint]
	},
	{
		name: 'an altered signature',
		bytes: () =>
			zipByHand(edited('SIGNATURE.json', /"signature": "..../, '"signature": "AAAA', true)),
		code: 'signature_wrong',
		words: ['manifest']
	},
	{
		name: 'a manifest changed after signing',
		bytes: () => zipByHand(edited('MANIFEST.json', '"1.0.0"', '"1.0.1"', true)),
		code: 'signature_wrong',
		words: ['changed']
	},
	{
		name: 'an unknown signer',
		bytes: () => writeArchive(pack, files, signing(stranger.privatePem)),
		code: 'signer_unknown',
		words: [stranger.fingerprint, 'pack-keys']
	},
	{
		name: 'a key that is no longer valid',
		bytes: () => writeArchive(pack, files, signing()),
		code: 'signer_expired',
		words: ['Quanheng tests', '2026-12-31'],
		today: '2027-01-01'
	},
	...(
		[
			['an alias', ['unit: money', 'unit: *money'], 'yaml_forbidden', ['*']],
			['a tag', ['unit: money', 'unit: !!js x'], 'yaml_forbidden', ['!']],
			['an anchor', ['unit: money', 'unit: &m money'], 'yaml_forbidden', ['&']],
			['a key twice', ['unit: money', 'unit: money\nunit: count'], 'key_duplicate', ['unit']],
			['a prototype', ['unit: money', 'unit: money\n__proto__: {}'], 'key_unsafe', ['__proto__']],
			['an unknown field', ['unit: money', 'unit: money\nscript: rm'], 'key_unknown', ['script']]
		] as const
	).map(([name, [before, after], code, words]) => ({
		name: `${name} in a metric`,
		bytes: () => rebuilt({ replace: { 'metrics/revenue.yaml': [before, after] } }),
		code,
		words
	})),
	{
		name: 'HTML in a name',
		bytes: () =>
			rebuilt({
				replace: { 'pack.yaml': ['en: Minimal pack', 'en: "<img src=x onerror=alert(1)>"'] }
			}),
		code: 'text_unsafe',
		words: ['<img']
	},
	{
		name: 'an engine that is not this one',
		bytes: () => rebuilt({ replace: { 'pack.yaml': ['engine: ^0.1.0', 'engine: ^9.0.0'] } }),
		code: 'engine_unsupported',
		words: ['^9.0.0']
	},
	{
		name: 'a test that fails',
		bytes: () => rebuilt({ replace: { 'tests/simple.yaml': ['score: 110', 'score: 111'] } }),
		code: 'pack_test_fails',
		words: ['120 %', '111', '110']
	}
];

function randomBytes(size: number): Uint8Array {
	let state = 20261122;
	return Uint8Array.from({ length: size }, () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state >>> 24;
	});
}

describe(`${hostile.length} hostile archives are refused`, () => {
	for (const { name, bytes, code, words, today } of hostile) {
		test(name, async () => {
			const judged = await judge(bytes(), today);
			const codes = judged.findings.map((finding) => `${finding.file} ${finding.code}`);
			expect(judged.pack, codes.join('\n')).toBeNull();
			const found = judged.findings.find((finding) => finding.code === code);
			expect(found, codes.join('\n')).toBeDefined();
			const said = `${found?.file} ${found?.message.en} ${found?.advice.en}`;
			for (const word of words) expect(said).toContain(word);
			expect(`${found?.message['zh-CN']}${found?.advice['zh-CN']}`).toMatch(/[\u4e00-\u9fff]/);
			expect(`${found?.message['zh-CN']}${found?.message.en}`).not.toMatch(/\{\w+\}/);
			expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
		});
	}
});

test('any byte of a signed archive that is flipped gives a refusal or the very same pack', async () => {
	const bytes = writeArchive(pack, files, signing());
	for (let at = 0; at < bytes.length; at += 7) {
		const flipped = Uint8Array.from(bytes);
		flipped[at] = (flipped[at] ?? 0) ^ 0x10;
		const { pack: read, signer } = await judge(flipped);
		if (read) expect([read.hash, signer]).toEqual([pack.hash, 'Quanheng tests']);
	}
});
