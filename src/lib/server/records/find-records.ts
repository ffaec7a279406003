import { and, asc, count, desc, eq, gte, inArray, lte, or, sql, type SQL } from 'drizzle-orm';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { importBatches, records } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { loadPeople } from '../people/history.ts';
import { scopeOf, todayOf, type PeopleScope } from '../people/scope.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { readSettings } from '../settings/client-settings.ts';
import { keyWords, loadAllRecordTypes, type RecordTypeRevision } from './record-types.ts';
import { isCurrentRecord } from './write-records.ts';

export interface RecordTypeSummary extends RecordTypeRevision {
	readonly id: string;
	readonly records: number;
	/** Days of the first and the last record; null where there are none. */
	readonly from: string | null;
	readonly to: string | null;
	/** Metrics in use that take their figures from these records. */
	readonly usedBy: readonly string[];
}

/** Record types in use, with how much there is of each. */
export async function findRecordTypes(
	ctx: Context,
	actor: Actor
): Promise<readonly RecordTypeSummary[]> {
	admitActor(ctx, actor, 'metric.read', 'import.read');
	const [types, metrics, held] = await Promise.all([
		loadAllRecordTypes(ctx.db.read),
		loadMetrics(ctx.db.read),
		ctx.db.read
			.select({
				type: records.type,
				records: count(),
				from: sql<string>`min(${records.date})`,
				to: sql<string>`max(${records.date})`
			})
			.from(records)
			.where(isCurrentRecord())
			.groupBy(records.type)
	]);
	const byType = new Map(held.map((row) => [row.type, row]));
	return [...types].map(([id, type]) => ({
		id,
		...type,
		records: byType.get(id)?.records ?? 0,
		from: byType.get(id)?.from ?? null,
		to: byType.get(id)?.to ?? null,
		usedBy: [...metrics.values()]
			.filter(({ from_records: from }) => from?.record === id)
			.map((metric) => metric.id)
	}));
}

export interface RecordFilter {
	readonly type: string;
	/** Days, both ends counting. */
	readonly from?: string;
	readonly to?: string;
	readonly subjectId?: string;
	readonly batchId?: string;
	/** Part of the key or of a text of the record. */
	readonly search?: string;
}

export interface FindRecords extends RecordFilter {
	/** From 0. */
	readonly page?: number;
	/** @default 50 */
	readonly size?: number;
}

export interface FoundRecord {
	readonly id: number;
	/** The key as people read it. */
	readonly key: string;
	readonly subjectKind: 'employee' | 'unit';
	readonly subjectId: string;
	readonly subjectName: string;
	readonly date: string;
	readonly data: JsonObject;
	readonly line: number | null;
	readonly source: string | null;
	readonly evidence: string | null;
	readonly batchId: string | null;
	readonly fileName: string | null;
	readonly recordedAt: string;
	readonly recordedBy: string;
}

export interface RecordPage {
	readonly type: RecordTypeRevision;
	readonly total: number;
	readonly page: number;
	readonly size: number;
	readonly records: readonly FoundRecord[];
}

const PAGE = 50;
/** A file that Excel opens; more are asked for month by month. */
export const MOST_EXPORTED = 100_000;

/** Current records of one type that the actor may see, the newest days first. */
export async function findRecords(
	ctx: Context,
	actor: Actor,
	input: FindRecords
): Promise<RecordPage> {
	const { type, where, names } = await prepare(ctx, actor, input);
	const size = Math.min(Math.max(1, input.size ?? PAGE), MOST_EXPORTED);
	const page = Math.max(0, input.page ?? 0);
	const [total] = await ctx.db.read.select({ records: count() }).from(records).where(where);
	const rows = await selectRecords(ctx.db.read)
		.where(where)
		.orderBy(desc(records.date), asc(records.key))
		.limit(size)
		.offset(page * size);
	return {
		type,
		total: total?.records ?? 0,
		page,
		size,
		records: rows.map((row) => toFound(row, names))
	};
}

/** The columns of a record with the file it came from. */
export function selectRecords(queries: Queries) {
	return queries
		.select({
			id: records.id,
			key: records.key,
			subjectKind: records.subjectKind,
			subjectId: records.subjectId,
			date: records.date,
			data: records.data,
			line: records.line,
			source: records.source,
			evidence: records.evidence,
			batchId: records.batchId,
			fileName: importBatches.fileName,
			recordedAt: records.recordedAt,
			recordedBy: records.recordedBy
		})
		.from(records)
		.leftJoin(importBatches, eq(importBatches.id, records.batchId))
		.$dynamic();
}

/** A row as it is shown: the key in words, the subject by name. */
export function toFound(
	row: Omit<FoundRecord, 'subjectName'>,
	names: ReadonlyMap<string, string>
): FoundRecord {
	return {
		...row,
		key: keyWords(row.key),
		subjectName: names.get(`${row.subjectKind} ${row.subjectId}`) ?? row.subjectId
	};
}

async function prepare(ctx: Context, actor: Actor, filter: RecordFilter) {
	const { scope, names } = await recordScope(ctx, actor);
	const type = (await loadAllRecordTypes(ctx.db.read)).get(filter.type);
	if (!type) throw refuse(commonProblems, 'not_found');
	const search = filter.search?.trim().slice(0, 100);
	const where = and(
		eq(records.type, filter.type),
		isCurrentRecord(),
		scopeCondition(scope),
		filter.from === undefined ? undefined : gte(records.date, filter.from),
		filter.to === undefined ? undefined : lte(records.date, filter.to),
		filter.subjectId === undefined ? undefined : eq(records.subjectId, filter.subjectId),
		filter.batchId === undefined ? undefined : eq(records.batchId, filter.batchId),
		search ? matches(search, type) : undefined
	);
	return { type, where, names };
}

/** A part of the key, of the subject's id, or of a text of the record. */
function matches(search: string, { definition }: RecordTypeRevision): SQL | undefined {
	const pattern = `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
	const texts = definition.columns
		.filter(({ type }) => type === 'text' || type === 'choice')
		.map(
			({ id }) => sql`json_extract(${records.data}, ${`$."${id}"`}) LIKE ${pattern} ESCAPE '\\'`
		);
	return or(
		sql`${records.key} LIKE ${pattern} ESCAPE '\\'`,
		sql`${records.subjectId} LIKE ${pattern} ESCAPE '\\'`,
		...texts
	);
}

/** Whose records an actor sees, and everybody's names. */
export async function recordScope(ctx: Context, actor: Actor) {
	admitActor(ctx, actor, 'people.read', 'people.read_own_unit', 'people.read_self');
	const settings = await readSettings(ctx.db.read);
	const today = todayOf(ctx, settings);
	const [people, tree] = await Promise.all([loadPeople(ctx.db.read), loadUnits(ctx.db.read)]);
	const employees = scopeOf(actor, people, tree, today, {
		all: 'people.read',
		ownUnit: 'people.read_own_unit',
		self: 'people.read_self'
	});
	const units: PeopleScope =
		employees === 'all'
			? 'all'
			: actor.unitId === null || !actor.roles.includes('department_head')
				? new Set<string>()
				: tree.subtree(actor.unitId, today);
	const names = new Map<string, string>();
	for (const { id, name } of people.all.values()) names.set(`employee ${id}`, name);
	for (const { id, name } of tree.all.values()) names.set(`unit ${id}`, name['zh-CN']);
	return { scope: { employees, units }, names, people, tree, settings, today };
}

export interface RecordScope {
	readonly employees: PeopleScope;
	readonly units: PeopleScope;
}

/** The condition that keeps a query within a scope; none where all may be seen. */
export function scopeCondition({ employees, units }: RecordScope): SQL | undefined {
	if (employees === 'all' || units === 'all') return undefined;
	return or(
		and(eq(records.subjectKind, 'employee'), inArray(records.subjectId, [...employees])),
		and(eq(records.subjectKind, 'unit'), inArray(records.subjectId, [...units]))
	);
}
