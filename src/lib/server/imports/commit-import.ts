import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { bulkInsert } from '../db/bulk.ts';
import {
	employeeFacts,
	employees,
	importBatches,
	importRows,
	observations,
	targets,
	units
} from '../db/client/schema.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { readDataRevision } from '../snapshots/data-revision.ts';
import { assertOpen, loadBatch, readMapping, type BatchRow } from './batches.ts';
import { prepareImport, type Prepared } from './prepare.ts';
import { importProblems } from './problems.ts';

export interface CommitImport {
	readonly batchId: string;
	/** The plan that was on screen. */
	readonly planHash: string;
	/** Rows that were refused stay out, knowingly. */
	readonly withoutRejected?: boolean;
}

export interface ImportCommitted {
	readonly batchId: string;
	/** Facts written; 0 when the file said nothing new. */
	readonly facts: number;
	readonly peopleAdded: number;
	readonly unitsCreated: readonly string[];
	readonly rejected: number;
}

const COMMIT_DEADLINE_MS = 60_000;

/**
 * Writes the facts of a dry run in one transaction.
 *
 * Refused when the data or the mapping changed since the plan that is quoted, or when the same file
 * is already in effect. A file that says nothing new is set aside and changes nothing. Repeating a
 * commit that went through gives the same answer.
 */
export async function commitImport(
	ctx: Context,
	actor: Actor,
	input: CommitImport
): Promise<ImportCommitted> {
	admitActor(ctx, actor, 'import.edit');
	const batch = await loadBatch(ctx.db.read, input.batchId);
	if (batch.status === 'committed') return committedBefore(batch.id, batch.counts);
	assertOpen(batch);
	const mapping = readMapping(batch);
	if (!mapping) throw refuse(importProblems, 'import_not_planned');

	// Parsing takes long and happens before the transaction. Whoever writes meanwhile makes it start
	// over; only a different outcome is a reason to ask the person again.
	for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
		const revision = await readDataRevision(ctx.db.read);
		const prepared = await prepareImport(ctx.db.read, ctx.clock, batch, mapping);
		assertAsPlanned(prepared, input);
		const done = await commitPrepared(ctx, actor, batch, prepared, revision);
		if (done) return done;
	}
	throw refuse(importProblems, 'import_plan_stale');
}

/** Others who write all the time must not keep an import from ending. */
const ATTEMPTS = 4;

function assertAsPlanned({ plan }: Prepared, input: CommitImport): void {
	if (plan.planHash !== input.planHash) throw refuse(importProblems, 'import_plan_stale');
	if (!plan.canCommit) throw refuse(importProblems, 'import_cannot_commit');
	if (plan.rows.rejected > 0 && !input.withoutRejected) {
		throw refuse(importProblems, 'import_has_rejects', { details: { count: plan.rows.rejected } });
	}
}

/** Writes what was prepared; null when the data changed since it was. */
async function commitPrepared(
	ctx: Context,
	actor: Actor,
	batch: BatchRow,
	prepared: Prepared,
	revision: string
): Promise<ImportCommitted | null> {
	const { plan } = prepared;
	return ctx.db.write(
		async (tx) => {
			const now = await loadBatch(tx, batch.id);
			if (now.status === 'committed') return committedBefore(now.id, now.counts);
			assertOpen(now);
			if ((await readDataRevision(tx)) !== revision) return null;
			const isNews = plan.facts.new + plan.facts.changed + plan.unitsCreated.length > 0;
			if (!isNews && (plan.people?.new ?? 0) === 0) return setAside(tx, ctx, actor, batch.id);
			await assertNotApplied(tx, batch);

			const facts = await writeFacts(tx, ctx, actor, batch.id, prepared);
			const peopleAdded = plan.people?.new ?? 0;
			await tx
				.update(importBatches)
				.set({
					status: 'committed',
					counts: { ...now.counts, facts, peopleAdded },
					committedAt: momentOf(ctx.clock),
					committedBy: actor.userId
				})
				.where(eq(importBatches.id, batch.id));
			await tx
				.update(importRows)
				.set({ status: 'accepted' })
				.where(and(eq(importRows.batchId, batch.id), ne(importRows.status, 'rejected')));
			await recordEvent(tx, ctx, actor, {
				type: 'import_committed',
				batch: batch.id,
				kind: batch.kind,
				file_hash: batch.fileHash,
				facts,
				rejected: plan.rows.rejected
			});
			const { unitsCreated, rows } = plan;
			return { batchId: batch.id, facts, peopleAdded, unitsCreated, rejected: rows.rejected };
		},
		{ deadlineMs: COMMIT_DEADLINE_MS }
	);
}

function committedBefore(
	batchId: string,
	counts: Readonly<Record<string, number>>
): ImportCommitted {
	return {
		batchId,
		facts: counts['facts'] ?? 0,
		peopleAdded: counts['peopleAdded'] ?? 0,
		unitsCreated: [],
		rejected: counts['rejected'] ?? 0
	};
}

/** A file that says nothing new is not in effect: there is nothing of it to roll back. */
async function setAside(
	tx: Tx,
	ctx: Context,
	actor: Actor,
	batchId: string
): Promise<ImportCommitted> {
	await tx.update(importBatches).set({ status: 'discarded' }).where(eq(importBatches.id, batchId));
	await recordEvent(tx, ctx, actor, { type: 'import_discarded', batch: batchId });
	return { batchId, facts: 0, peopleAdded: 0, unitsCreated: [], rejected: 0 };
}

async function assertNotApplied(
	tx: Tx,
	batch: { readonly id: string; readonly kind: string; readonly fileHash: string }
): Promise<void> {
	const [before] = await tx
		.select({ at: importBatches.committedAt })
		.from(importBatches)
		.where(
			and(
				sql`${importBatches.kind} = ${batch.kind}`,
				eq(importBatches.fileHash, batch.fileHash),
				eq(importBatches.status, 'committed')
			)
		);
	if (before) {
		throw refuse(importProblems, 'import_already_applied', {
			details: { at: before.at?.slice(0, 10) ?? '' }
		});
	}
}

async function writeFacts(
	tx: Tx,
	ctx: Context,
	actor: Actor,
	batchId: string,
	prepared: Prepared
): Promise<number> {
	const recordedAt = momentOf(ctx.clock);
	const fact = { batchId, recordedAt, recordedBy: actor.userId };
	if (prepared.kind === 'people') return writePeople(tx, batchId, prepared, fact);

	const rows = prepared.figures.map((figure) => ({
		subjectKind: figure.subjectKind,
		subjectId: figure.subjectId,
		metric: figure.metric,
		period: figure.period,
		value: figure.value,
		raw: figure.raw,
		currency: figure.currency,
		source: figure.source,
		evidence: figure.evidence,
		...fact
	}));
	return bulkInsert(tx, prepared.kind === 'targets' ? targets : observations, rows);
}

async function writePeople(
	tx: Tx,
	batchId: string,
	prepared: Prepared,
	fact: { readonly batchId: string; readonly recordedAt: string; readonly recordedBy: string }
): Promise<number> {
	const unitIds = new Map<string, string>();
	for (const [i, name] of prepared.unitsCreated.entries()) {
		const id = unitId(name, batchId, i);
		unitIds.set(name, id);
		await tx.insert(units).values({
			id,
			parentId: null,
			name: { 'zh-CN': name, en: name },
			kind: 'department',
			batchId,
			createdAt: fact.recordedAt
		});
	}
	await writeNames(tx, batchId, prepared.people.names, fact);
	const facts = await bulkInsert(
		tx,
		employeeFacts,
		prepared.people.facts.map(({ employee, attribute, value, validFrom, isNewUnit }) => ({
			employeeId: employee,
			attribute,
			value: isNewUnit ? (unitIds.get(String(value)) ?? value) : value,
			validFrom,
			...fact
		}))
	);
	return facts + prepared.people.names.size;
}

/**
 * Names are facts as well, so that a roll-back gives people their old names again. Whoever was
 * named without a fact (by hand, by a seed) gets one for that name first.
 */
async function writeNames(
	tx: Tx,
	batchId: string,
	names: ReadonlyMap<string, string>,
	fact: { readonly recordedAt: string; readonly recordedBy: string }
): Promise<void> {
	const known = new Map(
		(
			await tx
				.select({ id: employees.id, name: employees.name })
				.from(employees)
				.where(isNull(employees.withdrawnAt))
		).map(({ id, name }) => [id, name])
	);
	const named = new Set(
		(
			await tx
				.selectDistinct({ id: employeeFacts.employeeId })
				.from(employeeFacts)
				.where(and(eq(employeeFacts.attribute, 'name'), isNull(employeeFacts.withdrawnAt)))
		).map(({ id }) => id)
	);
	const rows: (typeof employeeFacts.$inferInsert)[] = [];
	for (const [id, name] of names) {
		const old = known.get(id);
		const dated = { employeeId: id, attribute: 'name', validFrom: '0001-01-01', ...fact };
		if (old !== undefined && !named.has(id)) rows.push({ ...dated, value: old, batchId: null });
		if (old !== name) rows.push({ ...dated, value: name, batchId });
		await tx
			.insert(employees)
			.values({ id, name, batchId, createdAt: fact.recordedAt })
			// A person whose import was rolled back comes back under the same id; a known one is renamed.
			.onConflictDoUpdate({
				target: employees.id,
				set: {
					name,
					batchId: sql`iif(${employees.withdrawnAt} IS NULL, ${employees.batchId}, ${batchId})`,
					withdrawnAt: null,
					withdrawnBy: null
				}
			});
	}
	await bulkInsert(tx, employeeFacts, rows);
}

/** A readable id where the name allows one, else one made of the batch. */
function unitId(name: string, batchId: string, at: number): string {
	const word = name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '');
	return /^[a-z]/.test(word) ? `${word}-${batchId.slice(-4)}` : `unit-${batchId}-${at + 1}`;
}
