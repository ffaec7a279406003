import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { ImportKind } from '#lib/contract/imports.ts';
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { importBatches, importFiles, importRows } from '../db/client/schema.ts';
import type { Tx } from '../db/database.ts';
import { Problem, refuse } from '../http/problem.ts';
import { Cancelled, runThread, ThreadFailure } from '../jobs/run-thread.ts';
import { logger } from '../logging/logger.ts';
import { loadRecordTypes } from '../records/record-types.ts';
import {
	assertOpen,
	loadBatch,
	storedReading,
	toStoredProblem,
	type ImportBatch
} from './batches.ts';
import { getImport, kindOf } from './get-import.ts';
import { assertWanted, runImportWork, THREAD_HEAP_MB, type WorkTools } from './import-work.ts';
import { importProblems } from './problems.ts';
import { packReading, type PackedReading } from './read/pack-reading.ts';
import { readFile, refuseFile } from './read/read-file.ts';
import type { ReadThreadInput, ReadThreadOutput } from './read/read.thread.ts';
import readThread from './read/read.thread.ts?thread';
import type { ReadContext, ReadOptions } from './read/reading.ts';
import { deleteBatches } from './remove-broken-imports.ts';
import { keepFile, loadFile } from './staged-file.ts';

export interface StageImport {
	readonly kind: ImportKind;
	readonly fileName: string;
	readonly bytes: Uint8Array;
	/** The type of the rows; for records only. */
	readonly recordType?: string;
	readonly read?: ReadOptions;
}

/**
 * Reads a file and keeps its rows aside. Nothing counts yet: no fact is written before the commit.
 * A file that cannot be read is refused with its findings and leaves nothing behind.
 */
export async function stageImport(
	ctx: Context,
	actor: Actor,
	input: StageImport
): Promise<ImportBatch> {
	const { id, ended } = await start(ctx, actor, input);
	try {
		await ended;
	} catch (error) {
		await removeBatch(ctx, id);
		throw error;
	}
	return getImport(ctx, actor, { batchId: id });
}

/** So long an upload waits for its file to be read; a longer one is answered while that goes on. */
const PATIENCE_MS = 2_000;

/**
 * The same for people who wait: a file that takes long is answered with a batch whose `work` tells
 * how far it is. Where such a file turns out to be unreadable, the batch is set aside and says why.
 */
export async function beginImport(
	ctx: Context,
	actor: Actor,
	input: StageImport
): Promise<ImportBatch> {
	const { id, ended } = await start(ctx, actor, input);
	let timer: NodeJS.Timeout | undefined;
	const patience = new Promise<'later'>((resolve) => {
		timer = setTimeout(() => resolve('later'), PATIENCE_MS);
	});
	try {
		const outcome = await Promise.race([ended, patience]);
		if (outcome === 'later') ended.catch((error: unknown) => failLater(ctx, id, error));
	} catch (error) {
		await removeBatch(ctx, id);
		throw error;
	} finally {
		clearTimeout(timer);
	}
	return getImport(ctx, actor, { batchId: id });
}

/** Reads a staged file again in another way; rows, mapping and dry run of before are gone. */
export async function rereadImport(
	ctx: Context,
	actor: Actor,
	input: { readonly batchId: string; readonly read: ReadOptions }
): Promise<ImportBatch> {
	admitActor(ctx, actor, 'import.edit');
	const batch = await loadBatch(ctx.db.read, input.batchId);
	assertOpen(batch);
	const bytes = await loadFile(ctx.db.read, batch.id);
	if (!bytes) throw refuse(importProblems, 'import_file_gone');
	const kind = kindOf(batch);
	await runImportWork(ctx.clientId, batch.id, 'reading', async (tools) => {
		const context = { fileName: batch.fileName, expectsFigures: expectsFigures(kind) };
		const found = await read(bytes, input.read, context, tools);
		await ctx.db.write(async (tx) => {
			assertOpen(await loadBatch(tx, batch.id));
			await tx.delete(importRows).where(eq(importRows.batchId, batch.id));
			// Without `rows` the batch is a reading that broke off; see assertOpen.
			await tx
				.update(importBatches)
				.set({ counts: {}, mapping: null, plan: null, status: 'staged' })
				.where(eq(importBatches.id, batch.id));
		});
		await stageRows(ctx, batch.id, found.packed, tools);
		await ctx.db.write(async (tx) => finish(tx, batch.id, found.packed, found.diagnostics));
	});
	return getImport(ctx, actor, { batchId: batch.id });
}

async function start(
	ctx: Context,
	actor: Actor,
	input: StageImport
): Promise<{ readonly id: string; readonly ended: Promise<void> }> {
	admitActor(ctx, actor, 'import.edit');
	const recordType = await recordTypeOf(ctx, input);
	const findings = await refuseFile(input.bytes);
	if (findings.length > 0) {
		throw refuse(importProblems, 'import_unreadable', { diagnostics: findings });
	}
	const id = ctx.ids.make();
	// Node's own: the engine's takes its time with twenty megabytes, and everybody would wait.
	const fileHash = createHash('sha256').update(input.bytes).digest('hex');
	await ctx.db.write(async (tx) => {
		await tx.insert(importBatches).values({
			id,
			kind: input.kind,
			fileName: input.fileName,
			fileHash,
			fileSize: input.bytes.length,
			header: [],
			recordType,
			status: 'staged',
			// Without `rows` the batch is an upload that broke off; see assertOpen.
			counts: {},
			problems: [],
			createdAt: momentOf(ctx.clock),
			createdBy: actor.userId
		});
	});
	const ended = runImportWork(ctx.clientId, id, 'reading', async (tools) => {
		const context = { fileName: input.fileName, expectsFigures: expectsFigures(input.kind) };
		const { packed, diagnostics } = await read(input.bytes, input.read ?? {}, context, tools);
		await keepFile(ctx.db, id, input.bytes);
		await stageRows(ctx, id, packed, tools);
		await ctx.db.write(async (tx) => {
			await finish(tx, id, packed, diagnostics);
			await recordEvent(tx, ctx, actor, {
				type: 'import_staged',
				batch: id,
				kind: input.kind,
				file_hash: fileHash,
				rows: packed.rows
			});
		});
	});
	return { id, ended };
}

function expectsFigures(kind: ImportKind): boolean {
	return kind === 'observations' || kind === 'targets' || kind === 'parameters';
}

async function recordTypeOf(ctx: Context, input: StageImport): Promise<string | null> {
	if (input.kind !== 'records') return null;
	const types = await loadRecordTypes(ctx.db.read);
	const wanted = input.recordType;
	if (wanted !== undefined && types.has(wanted)) return wanted;
	throw refuse(importProblems, 'import_record_type', {
		details: { known: [...types.keys()].join(', ') || '—' }
	});
}

/** Text that is read here at once; starting a thread would take longer. */
const READ_HERE_BYTES = 512 * 1024;

async function read(
	bytes: Uint8Array,
	options: ReadOptions,
	context: ReadContext,
	tools: WorkTools
): Promise<{ packed: PackedReading; diagnostics: readonly Diagnostic[] }> {
	const isWorkbook = bytes[0] === 0x50 && bytes[1] === 0x4b;
	const { packed, diagnostics } =
		isWorkbook || bytes.length > READ_HERE_BYTES
			? await readInThread({ bytes, options, context }, tools)
			: await readHere(bytes, options, context);
	if (!packed || diagnostics.some(({ severity }) => severity === 'error')) {
		throw refuse(importProblems, 'import_unreadable', { diagnostics });
	}
	return { packed, diagnostics };
}

async function readHere(
	bytes: Uint8Array,
	options: ReadOptions,
	context: ReadContext
): Promise<ReadThreadOutput> {
	const { reading, diagnostics } = await readFile(bytes, options, context);
	return { packed: reading ? packReading(reading) : null, diagnostics };
}

/** No readable file takes this long; one that does is refused, and its thread ended. */
const READ_TIMEOUT_MS = 120_000;

async function readInThread(input: ReadThreadInput, tools: WorkTools): Promise<ReadThreadOutput> {
	try {
		return await runThread<ReadThreadInput, ReadThreadOutput>(readThread, input, {
			signal: tools.signal,
			timeoutMs: READ_TIMEOUT_MS,
			heapMb: THREAD_HEAP_MB,
			onProgress: (progress) => tools.tell('reading', progress)
		});
	} catch (error) {
		if (error instanceof Cancelled) throw refuse(importProblems, 'import_cancelled');
		if (error instanceof ThreadFailure && (error.code === 'timeout' || error.code === 'crashed')) {
			throw refuse(importProblems, 'import_reading_failed', { cause: error });
		}
		throw error;
	}
}

/** Writes the rows in short transactions; between two, other people's writes get their turn. */
async function stageRows(
	ctx: Context,
	batchId: string,
	packed: PackedReading,
	tools: WorkTools
): Promise<void> {
	for (const [at, chunk] of packed.chunks.entries()) {
		assertWanted(tools);
		tools.tell('staging', at / packed.chunks.length);
		await ctx.db.write(async (tx) => {
			// Texts only: what a cell holds goes through the database's JSON untouched.
			await tx.run(sql`INSERT INTO ${importRows} (batch_id, line, cells, status)
				SELECT ${batchId}, json_extract(value, '$[0]'), json_extract(value, '$[1]'), 'staged'
				FROM json_each(${chunk})`);
		});
		await new Promise((resolve) => setImmediate(resolve));
	}
}

async function finish(
	tx: Tx,
	batchId: string,
	packed: PackedReading,
	diagnostics: readonly Diagnostic[]
): Promise<void> {
	await tx
		.update(importBatches)
		.set({
			encoding: packed.summary.encoding,
			delimiter: packed.summary.delimiter,
			header: packed.header,
			reading: storedReading({ ...packed.summary, notes: diagnostics }),
			counts: { rows: packed.rows, skipped: packed.summary.setAside }
		})
		.where(eq(importBatches.id, batchId));
}

/** An upload that was refused leaves nothing behind. */
async function removeBatch(ctx: Context, batchId: string): Promise<void> {
	await ctx.db.write((tx) => deleteBatches(tx, [batchId]));
}

async function failLater(ctx: Context, batchId: string, error: unknown): Promise<void> {
	if (!(error instanceof Problem))
		logger.error({ err: error, batch: batchId }, 'a file was not read');
	const found = error instanceof Problem ? error.diagnostics : [];
	await ctx.db
		.write(async (tx) => {
			await tx.delete(importFiles).where(eq(importFiles.batchId, batchId));
			await tx.delete(importRows).where(eq(importRows.batchId, batchId));
			await tx
				.update(importBatches)
				.set({ status: 'discarded', problems: found.map(toStoredProblem) })
				.where(eq(importBatches.id, batchId));
		})
		.catch((broken: unknown) =>
			logger.error({ err: broken, batch: batchId }, 'an unreadable file could not be set aside')
		);
}
