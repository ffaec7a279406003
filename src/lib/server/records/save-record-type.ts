import { and, count, eq } from 'drizzle-orm';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { records, recordTypes } from '../db/client/schema.ts';
import type { Queries, Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { recordProblems } from './problems.ts';
import {
	columnOf,
	loadAllRecordTypes,
	parseRecordType,
	type RecordType,
	type RecordTypeRevision
} from './record-types.ts';
import { isCurrentRecord } from './write-records.ts';

export interface SaveRecordType {
	/** As in a pack's `records/<id>.yaml`; judged by the same validator. */
	readonly definition: unknown;
	/** The revision that was seen; 0 to register a new type. */
	readonly revision: number;
}

export interface RecordTypeSaved {
	readonly id: string;
	readonly revision: number;
}

/**
 * Registers a record type or makes a new revision of it. Once there are records, what identifies
 * them and what their values mean stays: keys and types of columns are fixed, columns may be added
 * and renamed. Saving what is stored already changes nothing.
 */
export async function saveRecordType(
	ctx: Context,
	actor: Actor,
	input: SaveRecordType
): Promise<RecordTypeSaved> {
	admitActor(ctx, actor, 'metric.edit');
	const { type, diagnostics } = parseRecordType(input.definition);
	if (!type) {
		throw refuse(recordProblems, 'record_type_refused', {
			details: { count: diagnostics.length },
			diagnostics
		});
	}
	return ctx.db.write(async (tx) => {
		const known = (await loadAllRecordTypes(tx)).get(type.id);
		if (known && !known.retired) {
			if (contentOf(known.definition) === contentOf(type)) {
				return { id: type.id, revision: known.revision };
			}
			if (input.revision === 0) {
				throw refuse(recordProblems, 'record_type_exists', { details: { type: type.id } });
			}
		}
		assertSeen(input.revision, known);
		if (known) await assertCompatible(tx, known.definition, type);
		const revision = (known?.revision ?? 0) + 1;
		await insertRevision(tx, ctx, actor, type, revision, known, false);
		await recordEvent(tx, ctx, actor, {
			type: 'record_type_saved',
			record_type: type.id,
			revision
		});
		return { id: type.id, revision };
	});
}

/** Takes a record type out of use. Its records stay and still count; metrics in use keep it. */
export async function retireRecordType(
	ctx: Context,
	actor: Actor,
	input: { readonly id: string; readonly revision: number }
): Promise<RecordTypeSaved> {
	admitActor(ctx, actor, 'metric.edit');
	return ctx.db.write(async (tx) => {
		const known = (await loadAllRecordTypes(tx)).get(input.id);
		if (!known || known.retired) throw refuse(commonProblems, 'not_found');
		assertSeen(input.revision, known);
		const users = await metricsFrom(tx, input.id);
		if (users.length > 0) {
			throw refuse(recordProblems, 'record_type_used', { details: { metrics: users.join(', ') } });
		}
		const revision = known.revision + 1;
		await insertRevision(tx, ctx, actor, known.definition, revision, known, true);
		await recordEvent(tx, ctx, actor, {
			type: 'record_type_retired',
			record_type: input.id,
			revision
		});
		return { id: input.id, revision };
	});
}

/** Ids of the metrics in use that take their figures from records of a type. */
export async function metricsFrom(queries: Queries, type: string): Promise<string[]> {
	const metrics = await loadMetrics(queries);
	return [...metrics.values()]
		.filter(({ from_records: from }) => from?.record === type)
		.map(({ id }) => id);
}

function contentOf(type: RecordType): string {
	return canonicalJson(type as unknown as Json);
}

function assertSeen(seen: number, known: RecordTypeRevision | undefined): void {
	const current = known && !known.retired ? known.revision : 0;
	if (seen === current) return;
	throw refuse(recordProblems, 'record_type_stale', {
		details: { seen, current },
		...(known ? { current: known.definition } : {})
	});
}

async function assertCompatible(tx: Tx, before: RecordType, after: RecordType): Promise<void> {
	const [held] = await tx
		.select({ records: count() })
		.from(records)
		.where(and(eq(records.type, after.id), isCurrentRecord()));
	const existing = held?.records ?? 0;
	if (existing === 0) return;
	const fixed = (column: string, why: string, whyInChinese: string) =>
		refuse(recordProblems, 'record_type_fixed', {
			details: { records: existing, column, why, why_zh: whyInChinese }
		});
	if (canonicalJson(before.key) !== canonicalJson(after.key)) {
		throw fixed(after.key.join(', '), 'the key identifies them', '主键用来识别记录');
	}
	if (before.date !== after.date) {
		throw fixed(after.date, 'the date decides their month', '日期决定所属月份');
	}
	if (before.subject !== after.subject) {
		throw fixed(after.subject, 'it says whose they are', '它说明记录属于谁');
	}
	for (const column of before.columns) {
		const now = columnOf(after, column.id);
		if (!now) throw fixed(column.id, 'the column holds values', '该列已有数据');
		if (now.type !== column.type) {
			throw fixed(column.id, `its values are ${column.type}`, `其值的类型是 ${column.type}`);
		}
	}
}

async function insertRevision(
	tx: Tx,
	ctx: Context,
	actor: Actor,
	type: RecordType,
	revision: number,
	known: RecordTypeRevision | undefined,
	retired: boolean
): Promise<void> {
	await tx.insert(recordTypes).values({
		id: type.id,
		revision,
		definition: type as unknown as JsonObject,
		origin: known?.origin ?? null,
		retired,
		recordedAt: momentOf(ctx.clock),
		recordedBy: actor.userId
	});
}
