/**
 * A snapshot as bytes, for files and messages: a mark, the length of the layout, the layout as
 * JSON, then the buffer. Reading checks that every column lies inside, because a file may be cut.
 */
import { ALIGNMENT, type Snapshot, type SnapshotLayout } from './snapshot.ts';

const MARK = [0x51, 0x48, 0x53, 0x31] as const; // “QHS1”
const HEADER = 8;
const WIDTH = { number: 8, text: 4, boolean: 1 } as const;

/** Escapes everything beyond ASCII, so that one character is one byte. */
function asciiJson(value: unknown): string {
	return JSON.stringify(value).replace(
		/[\u0080-\uffff]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
	);
}

function align(bytes: number): number {
	return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** Prints a snapshot as bytes. */
export function snapshotToBytes(snapshot: Snapshot): Uint8Array {
	const layout = asciiJson(snapshot.layout);
	const start = align(HEADER + layout.length);
	const bytes = new Uint8Array(start + snapshot.layout.bytes);
	bytes.set(MARK);
	new DataView(bytes.buffer).setUint32(MARK.length, layout.length, true);
	for (let i = 0; i < layout.length; i++) bytes[HEADER + i] = layout.charCodeAt(i);
	bytes.set(new Uint8Array(snapshot.buffer, 0, snapshot.layout.bytes), start);
	return bytes;
}

function isLayout(value: unknown): value is SnapshotLayout {
	if (typeof value !== 'object' || value === null) return false;
	const { rows, bytes, columns } = value as Partial<SnapshotLayout>;
	return (
		Number.isSafeInteger(rows) &&
		Number.isSafeInteger(bytes) &&
		Array.isArray(columns) &&
		columns.every(
			(column: Partial<SnapshotLayout['columns'][number]>) =>
				typeof column.path === 'string' &&
				column.kind !== undefined &&
				Object.hasOwn(WIDTH, column.kind) &&
				Number.isSafeInteger(column.offset) &&
				(column.offset ?? -1) >= 0 &&
				(column.offset ?? 0) + (rows ?? 0) * WIDTH[column.kind] <= (bytes ?? 0)
		)
	);
}

function parseLayout(text: string): SnapshotLayout | null {
	try {
		const layout: unknown = JSON.parse(text);
		return isLayout(layout) ? layout : null;
	} catch {
		return null;
	}
}

/** Reads bytes as a snapshot; null where they are not a whole one. */
export function snapshotFromBytes(bytes: Uint8Array): Snapshot | null {
	if (bytes.length < HEADER || MARK.some((byte, i) => bytes[i] !== byte)) return null;
	const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MARK.length, true);
	if (HEADER + length > bytes.length) return null;
	let text = '';
	for (let i = 0; i < length; i++) text += String.fromCharCode(bytes[HEADER + i] ?? 0);
	const layout = parseLayout(text);
	const start = align(HEADER + length);
	if (!layout || start + layout.bytes > bytes.length) return null;
	return { layout, buffer: bytes.slice(start, start + layout.bytes).buffer };
}
