/**
 * Rows from another system, taken in one step. They become an import like that of a file: the same
 * checks, the same facts with the same trace, the same way back.
 */
import type { ImportMapping } from '#lib/contract/import-mapping.ts';
import type { FigureRow, PersonRow, RowStatus } from '#lib/contract/rows.ts';
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { sha256Hex } from '#lib/engine/hash.ts';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { bulkInsert } from '../db/bulk.ts';
import { importBatches, importRows } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { completeMapping, loadBatch, type BatchRow } from './batches.ts';
import type { CheckedRow } from './check/row-findings.ts';
import { commitPrepared } from './commit-import.ts';
import { runImportWork } from './import-work.ts';
import { packPrepared } from './pack-prepared.ts';
import { savePlan } from './plan-import.ts';
import { prepareImport, type Prepared } from './prepare.ts';
import { importProblems } from './problems.ts';
import { readDataRevision } from '../snapshots/data-revision.ts';
import { discardImport } from './roll-back-import.ts';

interface AnyRows {
	/** One refused row keeps all of them out. */
	readonly allOrNothing: boolean;
}

interface ReceivePeople extends AnyRows {
	readonly kind: 'people';
	readonly rows: readonly PersonRow[];
	readonly createUnits: boolean;
}

interface ReceiveFigures extends AnyRows {
	readonly kind: 'observations' | 'targets';
	readonly rows: readonly FigureRow[];
}

export type ReceiveRows = ReceivePeople | ReceiveFigures;

export interface ReceivedRow {
	readonly index: number;
	readonly status: RowStatus;
	readonly problems: readonly {
		readonly code: string;
		readonly severity: Diagnostic['severity'];
		readonly column: string | null;
		readonly message: Diagnostic['message'];
		readonly advice: Diagnostic['advice'];
	}[];
}

export interface RowsReceived {
	readonly batchId: string | null;
	readonly facts: number;
	readonly counts: Readonly<Record<RowStatus, number>>;
	readonly rows: readonly ReceivedRow[];
}

/** Line of a row in messages and in the batch; there is no header line. */
const FIRST_LINE = 1;

/**
 * Checks rows and writes those that are good, in one transaction, as an import of their own.
 *
 * A row that says what is known already is `unchanged`; sending the same rows twice writes nothing.
 * With `allOrNothing`, one refused row keeps all of them out. Rights: those of imports.
 */
export async function receiveRows(
	ctx: Context,
	actor: Actor,
	input: ReceiveRows
): Promise<RowsReceived> {
	admitActor(ctx, actor, 'import.edit');
	const table = tableOf(input);
	const batchId = await stageTable(ctx, actor, { kind: input.kind, table });
	const mapping = mappingOf(table.header, input.kind === 'people' && input.createUnits);
	const batch = await loadBatch(ctx.db.read, batchId);
	const taken = await takeRows(ctx, actor, batch, mapping, input.allOrNothing);
	const { prepared, facts, isKept } = taken;
	const { plan, checked, newsLines } = prepared;
	const fileProblems = plan.findings
		.filter(({ column, severity }) => column === null && severity === 'error')
		.flatMap(({ examples }) => examples.filter(({ line }) => line === undefined));
	const byLine = new Map(checked.map((row) => [row.line, row]));
	const rows = table.rows.map((_, index): ReceivedRow => {
		const row = byLine.get(index + FIRST_LINE);
		const problems = [...fileProblems, ...(row?.problems ?? [])].map(problemOf);
		return { index, status: statusOf(row?.status, newsLines.has(index + FIRST_LINE)), problems };
	});
	const counts = { written: 0, unchanged: 0, repeated: 0, rejected: 0, held_back: 0 };
	for (const { status } of rows) counts[status] += 1;
	return { batchId: isKept ? batchId : null, facts, counts, rows };

	function statusOf(status: CheckedRow<unknown>['status'] | undefined, isNews: boolean): RowStatus {
		if (status !== 'accepted') return status ?? 'rejected';
		if (!isNews) return 'unchanged';
		return isKept ? 'written' : 'held_back';
	}
}

/** Others who write all the time must not keep rows from being taken. */
const ATTEMPTS = 4;

/** Checks the rows once and writes what was found, unless the data changed in between. */
async function takeRows(
	ctx: Context,
	actor: Actor,
	batch: BatchRow,
	mapping: ImportMapping,
	allOrNothing: boolean
): Promise<{ readonly prepared: Prepared; readonly facts: number; readonly isKept: boolean }> {
	return runImportWork(ctx.clientId, batch.id, 'checking', async (tools) => {
		for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
			const revision = await readDataRevision(ctx.db.read);
			const prepared = await prepareImport(ctx.db.read, ctx.clock, batch, mapping);
			const packed = packPrepared(prepared, revision, 'commit');
			await savePlan(ctx, batch, mapping, packed);
			const { plan, newsLines } = prepared;
			const isHeldBack = !plan.canCommit || (allOrNothing && plan.rows.rejected > 0);
			if (isHeldBack || newsLines.size === 0) {
				await discardImport(ctx, actor, { batchId: batch.id });
				return { prepared, facts: 0, isKept: false };
			}
			const done = await commitPrepared(ctx, actor, batch, packed, tools);
			if (done) return { prepared, facts: done.facts, isKept: true };
		}
		throw refuse(importProblems, 'import_plan_stale');
	});
}

interface Table {
	readonly header: readonly string[];
	readonly rows: readonly (readonly string[])[];
}

const FIGURE_FIELDS = [
	'employee',
	'unit',
	'metric',
	'period',
	'value',
	'currency',
	'source',
	'evidence'
] as const;

/** The rows as a table whose columns are named like the fields they fill. */
function tableOf(input: ReceiveRows): Table {
	if (input.kind === 'people') {
		const attributes = [
			...new Set(input.rows.flatMap((row) => Object.keys(row.attributes)))
		].sort();
		return {
			header: ['employee', 'name', 'valid_from', ...attributes.map((id) => `attribute.${id}`)],
			rows: input.rows.map((row) => [
				row.employee,
				row.name ?? '',
				row.validFrom ?? '',
				...attributes.map((id) => cellOf(row.attributes[id]))
			])
		};
	}
	const header = FIGURE_FIELDS.filter((name) => input.rows.some((row) => cellOf(row[name]) !== ''));
	return { header, rows: input.rows.map((row) => header.map((name) => cellOf(row[name]))) };
}

/** A value as a cell holds it; a number keeps every digit. */
function cellOf(value: string | number | boolean | null | undefined): string {
	return value === null || value === undefined ? '' : String(value);
}

/** Every column fills the field it is named after. */
function mappingOf(header: readonly string[], createUnits: boolean): ImportMapping {
	return completeMapping({
		columns: header.map((field) => ({ field, columns: [field] })),
		create_units: createUnits
	});
}

/** Keeps the rows aside as an import, in one transaction: there are few enough. */
async function stageTable(
	ctx: Context,
	actor: Actor,
	{ kind, table }: { readonly kind: ReceiveRows['kind']; readonly table: Table }
): Promise<string> {
	const id = ctx.ids.make();
	const { header, rows } = table;
	// The request's own number makes the hash its own: what is known already is found row by row.
	const text = canonicalJson([id, [...header], rows.map((row) => [...row])]);
	const fileHash = sha256Hex(text);
	await ctx.db.write(async (tx) => {
		await tx.insert(importBatches).values({
			id,
			kind,
			fileName: `api-${kind}-${momentOf(ctx.clock)}`,
			fileHash,
			fileSize: Buffer.byteLength(text),
			header,
			status: 'staged',
			counts: { rows: rows.length, skipped: 0 },
			problems: [],
			createdAt: momentOf(ctx.clock),
			createdBy: actor.userId
		});
		await bulkInsert(
			tx,
			importRows,
			rows.map((cells, index) => ({
				batchId: id,
				line: index + FIRST_LINE,
				cells,
				status: 'staged' as const
			}))
		);
		await recordEvent(tx, ctx, actor, {
			type: 'import_staged',
			batch: id,
			kind,
			file_hash: fileHash,
			rows: rows.length
		});
	});
	return id;
}

function problemOf(finding: Diagnostic): ReceivedRow['problems'][number] {
	const { code, severity, message, advice, details } = finding;
	const column = details['column'];
	return { code, severity, column: typeof column === 'string' ? column : null, message, advice };
}
