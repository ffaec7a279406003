import { sha256Hex } from '#lib/engine/hash.ts';
import { eq } from 'drizzle-orm';
import type { ImportKind } from '#lib/contract/imports.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { bulkInsert } from '../db/bulk.ts';
import { importBatches, importRows } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { getImport } from './get-import.ts';
import type { ImportBatch } from './batches.ts';
import { importProblems } from './problems.ts';
import { readCsv, type ReadOptions } from './read/read-csv.ts';

export interface StageImport {
	readonly kind: ImportKind;
	readonly fileName: string;
	readonly bytes: Uint8Array;
	readonly read?: ReadOptions;
}

/** Rows staged in one transaction; between two, other people's writes get their turn. */
const CHUNK = 5_000;

/**
 * Reads a file and keeps its rows aside. Nothing counts yet: no fact is written before the commit.
 * A file that cannot be read is refused with its findings and leaves nothing behind.
 */
export async function stageImport(
	ctx: Context,
	actor: Actor,
	input: StageImport
): Promise<ImportBatch> {
	admitActor(ctx, actor, 'import.edit');
	const { reading, diagnostics } = await readCsv(input.bytes, input.read);
	if (!reading || diagnostics.some(({ severity }) => severity === 'error')) {
		throw refuse(importProblems, 'import_unreadable', { diagnostics });
	}
	const id = ctx.ids.make();
	const fileHash = sha256Hex(input.bytes);
	await ctx.db.write(async (tx) => {
		await tx.insert(importBatches).values({
			id,
			kind: input.kind,
			fileName: input.fileName,
			fileHash,
			fileSize: input.bytes.length,
			encoding: reading.encoding,
			delimiter: reading.delimiter,
			header: reading.header,
			status: 'staged',
			// Without `rows` the batch is an upload that broke off; see assertOpen.
			counts: {},
			problems: [],
			createdAt: momentOf(ctx.clock),
			createdBy: actor.userId
		});
	});
	for (let at = 0; at < reading.rows.length; at += CHUNK) {
		const rows = reading.rows.slice(at, at + CHUNK);
		await ctx.db.write(async (tx) => {
			await bulkInsert(
				tx,
				importRows,
				rows.map(({ line, cells }) => ({ batchId: id, line, cells, status: 'staged' as const }))
			);
		});
		await new Promise((resolve) => setImmediate(resolve));
	}
	await ctx.db.write(async (tx) => {
		const counts = { rows: reading.rows.length, skipped: reading.skipped.length };
		await tx.update(importBatches).set({ counts }).where(eq(importBatches.id, id));
		await recordEvent(tx, ctx, actor, {
			type: 'import_staged',
			batch: id,
			kind: input.kind,
			file_hash: fileHash,
			rows: reading.rows.length
		});
	});
	return getImport(ctx, actor, { batchId: id });
}
