/** The bytes of a staged file, kept in the client's own database until the commit. */
import { asc, eq } from 'drizzle-orm';
import { importFiles } from '../db/client/schema.ts';
import type { Database, Queries, Tx } from '../db/database.ts';

/** Small enough that writing one holds nobody up. */
const PART_BYTES = 1024 * 1024;

/** Keeps a file, part by part; between two, other people's writes get their turn. */
export async function keepFile(db: Database, batchId: string, bytes: Uint8Array): Promise<void> {
	for (let part = 0; part * PART_BYTES < bytes.length; part += 1) {
		const piece = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
		await db.write(async (tx) => {
			await tx.insert(importFiles).values({ batchId, part, bytes: Buffer.from(piece) });
		});
	}
}

/** The bytes of a kept file; null where they are gone. */
export async function loadFile(queries: Queries, batchId: string): Promise<Uint8Array | null> {
	const parts = await queries
		.select({ bytes: importFiles.bytes })
		.from(importFiles)
		.where(eq(importFiles.batchId, batchId))
		.orderBy(asc(importFiles.part));
	return parts.length === 0 ? null : new Uint8Array(Buffer.concat(parts.map(({ bytes }) => bytes)));
}

/** Lets the bytes go: the rows stay as evidence. */
export async function dropFile(tx: Tx, batchId: string): Promise<void> {
	await tx.delete(importFiles).where(eq(importFiles.batchId, batchId));
}
