/** Zip → the files of a pack: directory, bytes, hashes, signature, each before the next. */
import * as v from 'valibot';
import type { Entry, ZipFile } from 'yauzl';
import { sha256Hex } from '#lib/engine/hash.ts';
import { readJsonText } from '#lib/engine/scheme/json-text.ts';
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import { FileReport, type PackFinding } from '#lib/packs/finding.ts';
import { PACK_LIMITS } from '#lib/packs/limits.ts';
import type { PackFiles } from '#lib/packs/parse-pack.ts';
import { foundWords } from '#lib/packs/fields.ts';
import { isSignedBy, type TrustedKey } from './keys.ts';
import { lookInto, report, type LookedInto } from './look-into.ts';
import {
	ARCHIVE_FORMAT,
	isAboutArchive,
	MANIFEST_FILE,
	SIGNATURE_FILE,
	type ArchiveManifest,
	type ArchiveSignature
} from './manifest.ts';

export interface ReadArchive {
	/** Null when any finding is an error. */
	readonly files: PackFiles | null;
	readonly manifest: ArchiveManifest | null;
	/** Name of the trusted key that signed; null without a signature. */
	readonly signer: string | null;
	readonly findings: readonly PackFinding[];
}

export interface Trust {
	readonly keys: readonly TrustedKey[];
	/** Today, `yyyy-mm-dd`, for keys that end. */
	readonly today: string;
}

/** Reads an archive into memory; nothing is written anywhere. */
export async function readArchive(bytes: Uint8Array, trust: Trust): Promise<ReadArchive> {
	const findings: PackFinding[] = [];
	const refused = (): ReadArchive => ({ files: null, manifest: null, signer: null, findings });
	const looked = await lookInto(bytes, findings);
	if (!looked) return refused();
	const all = await unpackAll(looked, findings);
	if (!all) return refused();
	const manifest = readManifest(all, findings);
	if (!manifest) return refused();
	const files = new Map([...all].filter(([path]) => !isAboutArchive(path)));
	checkHashes(manifest, files, findings);
	const signer = checkSignature(manifest, all, trust, findings);
	return hasErrors(findings) ? refused() : { files, manifest, signer, findings };
}

async function unpackAll(
	{ zip, entries }: LookedInto,
	findings: PackFinding[]
): Promise<Map<string, string> | null> {
	const files = new Map<string, string>();
	let total = 0;
	for (const { path, entry } of entries) {
		const content = await unpack(zip, entry, path, PACK_LIMITS.packBytes - total, findings);
		if (!content) return null;
		total += content.length;
		if (isArchive(content)) {
			report(findings, path, 'archive_nested', { path });
			return null;
		}
		const text = decode(path, content, findings);
		if (text === null) return null;
		files.set(path, text);
	}
	return files;
}

/** The bytes of one entry, counted while they come: a directory that lies is found here. */
function unpack(
	zip: ZipFile,
	entry: Entry,
	path: string,
	room: number,
	findings: PackFinding[]
): Promise<Uint8Array | null> {
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let size = 0;
		const bomb = (): void => {
			report(findings, path, 'archive_bomb', {
				path,
				declared: entry.uncompressedSize,
				found: `> ${size}`
			});
			resolve(null);
		};
		zip.openReadStream(entry, (error, stream) => {
			if (error) {
				report(findings, path, 'archive_unreadable', { problem: error.message.slice(0, 200) });
				resolve(null);
				return;
			}
			stream.on('data', (chunk: Buffer) => {
				size += chunk.length;
				if (size > room || size > entry.uncompressedSize) stream.destroy(new Error(TOO_MANY_BYTES));
				else chunks.push(chunk);
			});
			stream.on('end', () => resolve(Buffer.concat(chunks)));
			stream.on('error', (broken: Error) => {
				if (/too many bytes/.test(broken.message)) bomb();
				else {
					report(findings, path, 'archive_unreadable', { problem: broken.message.slice(0, 200) });
					resolve(null);
				}
			});
		});
	});
}

/** As the zip reader itself says it when it counts. */
const TOO_MANY_BYTES = 'too many bytes in the stream';

/** Zip, gzip, 7z, xz, bzip2 and rar, by their first bytes. */
function isArchive(content: Uint8Array): boolean {
	const head = Buffer.from(content.subarray(0, 6)).toString('latin1');
	return /^(PK\x03\x04|PK\x05\x06|\x1f\x8b|7z\xbc\xaf|\xfd7zXZ|BZh|Rar!)/.test(head);
}

function decode(path: string, content: Uint8Array, findings: PackFinding[]): string | null {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
	} catch {
		new FileReport(path, findings).add('file_not_text', '', { problem: 'UTF-8' });
		return null;
	}
}

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const manifestBody = v.strictObject({
	format: v.literal(ARCHIVE_FORMAT),
	pack: v.string(),
	version: v.string(),
	hash: sha256,
	signer: v.optional(v.string()),
	files: v.record(v.string(), sha256)
});
const signatureBody = v.strictObject({
	algorithm: v.literal('ed25519'),
	key: v.string(),
	signature: v.pipe(v.string(), v.base64())
});

function readManifest(
	files: ReadonlyMap<string, string>,
	findings: PackFinding[]
): ArchiveManifest | null {
	const text = files.get(MANIFEST_FILE);
	if (text === undefined) {
		report(findings, MANIFEST_FILE, 'manifest_missing');
		return null;
	}
	const parsed = parseBody(text, MANIFEST_FILE, manifestBody, findings);
	if (!parsed) return null;
	const { signer, ...manifest } = parsed;
	return { ...manifest, ...(signer === undefined ? {} : { signer }) };
}

/** Reads one of the JSON files about the archive; duplicate keys and `__proto__` are refused. */
function parseBody<O>(
	text: string,
	file: string,
	schema: v.GenericSchema<unknown, O>,
	findings: PackFinding[]
): O | null {
	const reading = readJsonText(text);
	if (reading.value === undefined || hasErrors(reading.diagnostics)) {
		new FileReport(file, findings).adopt(reading.diagnostics);
		return null;
	}
	const result = v.safeParse(schema, reading.value);
	if (result.success) return result.output;
	const [issue] = result.issues;
	report(findings, file, 'manifest_refused', {
		field: issue.path?.map(({ key }) => String(key)).join('.') ?? '-',
		expected: issue.expected ?? issue.type,
		expected_zh: issue.expected ?? issue.type,
		found: foundWords(issue.input)
	});
	return null;
}

function checkHashes(manifest: ArchiveManifest, files: PackFiles, findings: PackFinding[]): void {
	for (const [path, text] of files) {
		const expected = Object.hasOwn(manifest.files, path) ? manifest.files[path] : undefined;
		const found = sha256Hex(text);
		if (expected === undefined) report(findings, path, 'file_unlisted', { path });
		else if (expected !== found) report(findings, path, 'hash_wrong', { path, expected, found });
	}
	for (const path of Object.keys(manifest.files)) {
		if (!files.has(path)) report(findings, path, 'file_listed_missing', { path });
	}
}

/** The name of who signed it, or null without a signature; every doubt is an error. */
function checkSignature(
	manifest: ArchiveManifest,
	files: ReadonlyMap<string, string>,
	{ keys, today }: Trust,
	findings: PackFinding[]
): string | null {
	const text = files.get(SIGNATURE_FILE);
	if (text === undefined) {
		if (manifest.signer !== undefined) {
			report(findings, SIGNATURE_FILE, 'signature_stripped', { signer: manifest.signer });
		}
		return null;
	}
	const signature: ArchiveSignature | null = parseBody(
		text,
		SIGNATURE_FILE,
		signatureBody,
		findings
	);
	if (!signature) return null;
	if (signature.key !== manifest.signer) {
		report(findings, SIGNATURE_FILE, 'signature_wrong');
		return null;
	}
	const key = keys.find(({ fingerprint }) => fingerprint === signature.key);
	if (!key) {
		report(findings, SIGNATURE_FILE, 'signer_unknown', { key: signature.key.slice(0, 64) });
		return null;
	}
	if (!isSignedBy(files.get(MANIFEST_FILE) ?? '', signature.signature, key)) {
		report(findings, SIGNATURE_FILE, 'signature_wrong');
		return null;
	}
	if (key.validUntil !== null && today > key.validUntil) {
		report(findings, SIGNATURE_FILE, 'signer_expired', { signer: key.name, until: key.validUntil });
		return null;
	}
	return key.name;
}
