/**
 * Looks at a workbook through the directory of its zip archive before anything is opened, then
 * unpacks the few parts that hold tables, counting bytes while it does. A bomb is refused by what
 * its directory says; one whose directory lies is refused when it has given what it said.
 */
import { zipSync } from 'fflate';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

/** Caps of an archive. Real workbooks shrink to a tenth; a ratio of 200 is no table. */
export const ZIP_LIMITS = {
	entries: 2_000,
	/** All parts together, unpacked. */
	bytes: 200 * 1024 * 1024,
	ratio: 200,
	/** Small parts may shrink as far as they like. */
	ratioFrom: 1024 * 1024
} as const;

export type ZipFault = 'broken' | 'bomb' | 'encrypted' | 'unsafe' | 'no_workbook';

/** Raised while an archive is read; carries what is wrong with it. */
export class ZipRefused extends Error {
	override readonly name = 'ZipRefused';
	readonly fault: ZipFault;

	constructor(fault: ZipFault, cause?: unknown) {
		super(`The archive is refused: ${fault}.`, cause === undefined ? undefined : { cause });
		this.fault = fault;
	}
}

/** Parts that hold tables; pictures, macros, external links and the like are never opened. */
const WANTED =
	/^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(?:_rels\/)?[^/]+\.(?:xml|rels)|xl\/worksheets\/[^/]+\.xml)$/i;
const UNWANTED = /externallink|vbaproject|connections|calcchain/i;

/** Refuses a dangerous archive by its directory alone; nothing is unpacked. */
export async function lookIntoZip(bytes: Uint8Array): Promise<void> {
	await eachEntry(bytes, async () => undefined);
}

/** The parts of a workbook that hold tables, as an archive without compression. */
export async function unpackWorkbook(bytes: Uint8Array): Promise<Uint8Array> {
	const parts: Record<string, Uint8Array> = {};
	await eachEntry(bytes, async (entry, zip) => {
		if (!WANTED.test(entry.fileName) || UNWANTED.test(entry.fileName)) return;
		parts[entry.fileName] = await unpack(zip, entry);
	});
	return zipSync(parts, { level: 0 });
}

async function eachEntry(
	bytes: Uint8Array,
	take: (entry: Entry, zip: ZipFile) => Promise<void>
): Promise<void> {
	const zip = await open(bytes);
	const names = new Set<string>();
	let total = 0;
	if (zip.entryCount > ZIP_LIMITS.entries) throw new ZipRefused('bomb');
	await new Promise<void>((resolve, reject) => {
		zip.on('error', (error) => reject(new ZipRefused('broken', error)));
		zip.on('end', resolve);
		zip.on('entry', (entry: Entry) => {
			total += entry.uncompressedSize;
			const fault = faultOf(entry, names, total);
			names.add(entry.fileName.toLowerCase());
			if (fault) {
				reject(new ZipRefused(fault));
				return;
			}
			take(entry, zip).then(() => zip.readEntry(), reject);
		});
		zip.readEntry();
	});
	if (!names.has('xl/workbook.xml')) throw new ZipRefused('no_workbook');
}

function open(bytes: Uint8Array): Promise<ZipFile> {
	return new Promise((resolve, reject) => {
		const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		// A name with `..`, an absolute or a Windows path is an error of yauzl's own.
		fromBuffer(buffer, { lazyEntries: true, strictFileNames: true }, (error, zip) => {
			if (error || !zip) reject(new ZipRefused('broken', error));
			else resolve(zip);
		});
	});
}

function faultOf(entry: Entry, names: ReadonlySet<string>, total: number): ZipFault | null {
	if (entry.isEncrypted()) return 'encrypted';
	if (names.has(entry.fileName.toLowerCase())) return 'unsafe';
	if (total > ZIP_LIMITS.bytes) return 'bomb';
	const { uncompressedSize, compressedSize } = entry;
	if (
		uncompressedSize > ZIP_LIMITS.ratioFrom &&
		uncompressedSize > compressedSize * ZIP_LIMITS.ratio
	) {
		return 'bomb';
	}
	return null;
}

function unpack(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
	return new Promise((resolve, reject) => {
		// yauzl counts: more bytes than the directory said end the stream with an error.
		zip.openReadStream(entry, (error, stream) => {
			if (error) {
				reject(new ZipRefused('broken', error));
				return;
			}
			const whole = new Uint8Array(entry.uncompressedSize);
			let at = 0;
			stream.on('data', (chunk: Buffer) => {
				whole.set(chunk, at);
				at += chunk.length;
			});
			stream.on('end', () => resolve(whole));
			stream.on('error', (broken) => reject(new ZipRefused('bomb', broken)));
		});
	});
}
