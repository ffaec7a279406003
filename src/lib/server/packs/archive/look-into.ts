/** Judges the directory of an archive. Nothing is unpacked until every entry was found harmless. */
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { diagnose } from '#lib/engine/diagnostics/diagnostic.ts';
import { archiveDiagnostics } from '#lib/packs/archive-diagnostics.ts';
import { FileReport, type PackFinding } from '#lib/packs/finding.ts';
import { PACK_LIMITS } from '#lib/packs/limits.ts';
import { packFileKind, printablePath, unsafePathProblem } from '#lib/packs/paths.ts';
import { isAboutArchive } from './manifest.ts';

/** An honest text shrinks to a tenth or so; beyond this nobody wrote it. */
const MOST_RATIO = 100;
/** Small files may shrink as far as they like. */
const RATIO_FROM = 64 * 1024;
/** Entries beyond this are not even listed. */
const MOST_ENTRIES = PACK_LIMITS.files + 200;

export interface ArchiveEntry {
	readonly path: string;
	readonly entry: Entry;
}

export interface LookedInto {
	readonly zip: ZipFile;
	readonly entries: readonly ArchiveEntry[];
}

/** Adds a finding about the archive or a file in it. */
export function report(
	findings: PackFinding[],
	file: string,
	code: keyof typeof archiveDiagnostics,
	details: Record<string, string | number> = {}
): void {
	findings.push({ ...diagnose(archiveDiagnostics, code, '', details), file });
}

/** The entries, or null after reporting what is wrong with one of them. */
export async function lookInto(
	bytes: Uint8Array,
	findings: PackFinding[]
): Promise<LookedInto | null> {
	if (bytes.length > PACK_LIMITS.packBytes) {
		const limit = PACK_LIMITS.packBytes;
		report(findings, '', 'archive_too_large', { found: bytes.length, limit });
		return null;
	}
	try {
		const zip = await open(bytes);
		if (zip.entryCount > MOST_ENTRIES) {
			tooMany(findings, zip.entryCount);
			return null;
		}
		const found = await entriesOf(zip);
		const entries = judgeEntries(found, findings);
		return findings.length === 0 ? { zip, entries } : null;
	} catch (error) {
		const problem = error instanceof Error ? error.message : String(error);
		report(findings, '', 'archive_unreadable', { problem: problem.slice(0, 200) });
		return null;
	}
}

function open(bytes: Uint8Array): Promise<ZipFile> {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return new Promise((resolve, reject) => {
		// Names are judged here, with their place, instead of ending in an error of the reader's.
		fromBuffer(buffer, { lazyEntries: true, decodeStrings: false }, (error, zip) => {
			if (error || !zip) reject(error ?? new Error('no archive'));
			else resolve(zip);
		});
	});
}

function entriesOf(zip: ZipFile): Promise<Entry[]> {
	const entries: Entry[] = [];
	return new Promise((resolve, reject) => {
		zip.on('error', reject);
		zip.on('end', () => resolve(entries));
		zip.on('entry', (entry: Entry) => {
			entries.push(entry);
			if (entries.length > MOST_ENTRIES) reject(new Error('more entries than its directory says'));
			else zip.readEntry();
		});
		zip.readEntry();
	});
}

function tooMany(findings: PackFinding[], found: number): void {
	new FileReport('', findings).add('pack_too_many_files', '', { found, limit: PACK_LIMITS.files });
}

function judgeEntries(found: readonly Entry[], findings: PackFinding[]): ArchiveEntry[] {
	const entries: ArchiveEntry[] = [];
	const folded = new Map<string, string>();
	let declared = 0;
	for (const entry of found) {
		const path = nameOf(entry);
		if (isFolder(entry, path)) continue;
		declared += entry.uncompressedSize;
		judgeEntry(entry, path, findings);
		const other = folded.get(path.toLowerCase());
		if (other === path) report(findings, path, 'archive_duplicate', { path: printablePath(path) });
		else if (other !== undefined) {
			new FileReport(path, findings).add('pack_path_clash', '', { path, other });
		}
		folded.set(path.toLowerCase(), path);
		entries.push({ path, entry });
	}
	if (entries.filter(({ path }) => !isAboutArchive(path)).length > PACK_LIMITS.files) {
		tooMany(findings, entries.length);
	}
	if (declared > PACK_LIMITS.packBytes) {
		const limit = PACK_LIMITS.packBytes;
		new FileReport('', findings).add('pack_too_large', '', { found: declared, limit });
	}
	return entries;
}

/** A folder without content is no file; anything odd about its name is judged like a file's. */
function isFolder(entry: Entry, path: string): boolean {
	return (
		path.endsWith('/') && entry.uncompressedSize === 0 && !unsafePathProblem(path.slice(0, -1))
	);
}

/** Bytes that are no UTF-8 stand as U+FFFD, which no name may contain. */
function nameOf(entry: Entry): string {
	return new TextDecoder('utf-8').decode(entry.fileNameRaw);
}

function judgeEntry(entry: Entry, path: string, findings: PackFinding[]): void {
	const shown = printablePath(path);
	const problem = unsafePathProblem(path);
	if (problem) {
		new FileReport(shown, findings).add('pack_path_unsafe', '', {
			path: shown,
			problem: problem.en,
			problem_zh: problem['zh-CN']
		});
	} else if (!isAboutArchive(path) && !packFileKind(path)) {
		new FileReport(path, findings).add('pack_file_unknown', '', { path });
	}
	const special = specialKind(entry);
	if (special) report(findings, path, 'archive_not_a_file', { path: shown, ...special });
	if (entry.isEncrypted()) report(findings, path, 'archive_encrypted', { path: shown });
	if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
		const found = entry.compressionMethod;
		report(findings, path, 'archive_method', { path: shown, found });
	}
	const { uncompressedSize, compressedSize } = entry;
	if (uncompressedSize > RATIO_FROM && uncompressedSize > compressedSize * MOST_RATIO) {
		report(findings, path, 'archive_bomb', {
			path: shown,
			declared: uncompressedSize,
			found: uncompressedSize
		});
	}
}

const STORED = 0;
const DEFLATED = 8;

/** The high 16 bits of an entry made on Unix are its mode. */
const UNIX = 3;
const KINDS = new Map([
	[0o120000, { what: 'a symbolic link', what_zh: '符号链接' }],
	[0o060000, { what: 'a device', what_zh: '设备' }],
	[0o020000, { what: 'a device', what_zh: '设备' }],
	[0o010000, { what: 'a pipe', what_zh: '管道' }],
	[0o140000, { what: 'a socket', what_zh: '套接字' }],
	[0o040000, { what: 'a folder', what_zh: '文件夹' }]
]);

function specialKind(entry: Entry): { what: string; what_zh: string } | undefined {
	if (entry.versionMadeBy >>> 8 !== UNIX) return undefined;
	return KINDS.get((entry.externalFileAttributes >>> 16) & 0o170000);
}
