/** Writes zip archives entry by entry, so that a test can say exactly what is wrong with one. */
import { deflateRawSync } from 'node:zlib';

export interface HandEntry {
	readonly name: string | Uint8Array;
	readonly content: string | Uint8Array;
	/** 0 is stored, 8 deflate. */
	readonly method?: number;
	/** Bit 0 says that the entry is encrypted. */
	readonly flags?: number;
	/** Unix mode in the high 16 bits. */
	readonly attributes?: number;
	/** What the directory claims, instead of the truth. */
	readonly declaredSize?: number;
}

const UTF8 = 0x0800;
const MADE_BY_UNIX = (3 << 8) | 20;

/** The bytes of an archive. */
export function zipByHand(entries: readonly HandEntry[]): Uint8Array {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const entry of entries) {
		const name = Buffer.from(entry.name);
		const content = Buffer.from(entry.content);
		const method = entry.method ?? 8;
		const data = method === 8 ? deflateRawSync(content, { level: 9 }) : content;
		const size = entry.declaredSize ?? content.length;
		const head = Buffer.alloc(26);
		head.writeUInt16LE(20, 0);
		head.writeUInt16LE(UTF8 | (entry.flags ?? 0), 2);
		head.writeUInt16LE(method, 4);
		head.writeUInt32LE(crc32(content), 10);
		head.writeUInt32LE(data.length, 14);
		head.writeUInt32LE(size, 18);
		head.writeUInt16LE(name.length, 22);
		parts.push(Buffer.from('PK\x03\x04', 'latin1'), head, name, data);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(entry.attributes ?? 0o100644 * 65536, 6);
		tail.writeUInt32LE(offset, 10);
		const madeBy = Buffer.alloc(2);
		madeBy.writeUInt16LE(MADE_BY_UNIX, 0);
		directory.push(Buffer.from('PK\x01\x02', 'latin1'), madeBy, head, tail, name);
		offset += 30 + name.length + data.length;
	}
	const listing = Buffer.concat(directory);
	const end = Buffer.alloc(18);
	end.writeUInt16LE(entries.length, 4);
	end.writeUInt16LE(entries.length, 6);
	end.writeUInt32LE(listing.length, 8);
	end.writeUInt32LE(offset, 12);
	return Buffer.concat([...parts, listing, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

function crc32(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return (crc ^ 0xffffffff) >>> 0;
}
