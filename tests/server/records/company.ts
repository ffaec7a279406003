/** A company with two teams, a record type of visits, and short ways to write and ask. */
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { tableOfSnapshot } from '#lib/engine/table/snapshot.ts';
import { variablesOfRow } from '#lib/engine/table/row.ts';
import type { PeriodLength } from '#lib/engine/scheme/document.ts';
import { momentOf } from '#lib/server/clock.ts';
import type { Context } from '#lib/server/context.ts';
import { bulkInsert } from '#lib/server/db/bulk.ts';
import {
	employeeFacts,
	employees,
	metrics,
	recordTypes,
	units
} from '#lib/server/db/client/schema.ts';
import { recordKey, type RecordType } from '#lib/server/records/record-types.ts';
import { writeRecords, type RecordRow } from '#lib/server/records/write-records.ts';
import { buildSnapshot, type BuildOptions } from '#lib/server/snapshots/build-snapshot.ts';

export const VISITS: RecordType = {
	id: 'visit',
	name: { 'zh-CN': '拜访', en: 'Visits' },
	key: ['visit_no'],
	date: 'visited_on',
	subject: 'salesperson',
	columns: [
		{ id: 'visit_no', name: { 'zh-CN': '编号', en: 'No.' }, type: 'text' },
		{ id: 'visited_on', name: { 'zh-CN': '日期', en: 'Date' }, type: 'date' },
		{ id: 'followed_on', name: { 'zh-CN': '跟进日期', en: 'Followed up on' }, type: 'date' },
		{ id: 'salesperson', name: { 'zh-CN': '工号', en: 'Salesperson' }, type: 'text' },
		{ id: 'customer', name: { 'zh-CN': '客户', en: 'Customer' }, type: 'text' },
		{ id: 'minutes', name: { 'zh-CN': '分钟', en: 'Minutes' }, type: 'number' },
		{
			id: 'outcome',
			name: { 'zh-CN': '结果', en: 'Outcome' },
			type: 'choice',
			values: ['order', 'none']
		}
	]
};

export const PEOPLE = [
	['E001', 'east'],
	['E002', 'east'],
	['E003', 'south'],
	['E004', 'south']
] as const;

/** Units `root` over `east` and `south`, four people, and the type of visits. */
export async function foundCompany(ctx: Context, type: RecordType = VISITS): Promise<void> {
	const now = momentOf(ctx.clock);
	const fact = { recordedAt: now, recordedBy: 'imp' };
	await ctx.db.write(async (tx) => {
		for (const [id, parentId] of [
			['root', null],
			['east', 'root'],
			['south', 'root']
		] as const) {
			await tx
				.insert(units)
				.values({ id, parentId, name: { 'zh-CN': id, en: id }, kind: 'team', createdAt: now });
		}
		await bulkInsert(
			tx,
			employees,
			PEOPLE.map(([id]) => ({ id, name: id, createdAt: now }))
		);
		await bulkInsert(
			tx,
			employeeFacts,
			PEOPLE.flatMap(([employeeId, unit]) => [
				{ employeeId, attribute: 'unit', value: unit, validFrom: '2020-01-01', ...fact },
				{ employeeId, attribute: 'hired_on', value: '2020-01-01', validFrom: '2020-01-01', ...fact }
			])
		);
		await tx.insert(recordTypes).values({
			id: type.id,
			revision: 1,
			definition: type as unknown as JsonObject,
			...fact
		});
	});
}

/** Registers definitions as they are, as the first revision of each. */
export async function define(ctx: Context, definitions: readonly object[]): Promise<void> {
	await ctx.db.write((tx) =>
		bulkInsert(
			tx,
			metrics,
			definitions.map((definition) => ({
				id: (definition as MetricDefinition).id,
				revision: 1,
				definition: definition as MetricDefinition,
				hash: JSON.stringify(definition),
				recordedAt: momentOf(ctx.clock),
				recordedBy: 'imp'
			}))
		)
	);
}

/** A row of the type of visits. */
export function visitRow(data: JsonObject, type: RecordType = VISITS): RecordRow {
	return {
		key: recordKey(type, data) ?? '',
		subjectKind: 'employee',
		subjectId: String(data[type.subject]),
		date: String(data[type.date]),
		data,
		line: null,
		source: null,
		evidence: null
	};
}

/** Writes records in a batch. */
export async function tell(
	ctx: Context,
	batchId: string,
	rows: readonly JsonObject[],
	type: RecordType = VISITS
) {
	const batch = {
		type: type.id,
		batchId,
		recordedAt: momentOf(ctx.clock),
		recordedBy: 'imp'
	};
	return ctx.db.write((tx) =>
		writeRecords(
			tx,
			batch,
			rows.map((data) => visitRow(data, type))
		)
	);
}

/** Cells of a snapshot by employee. */
export async function ask(
	ctx: Context,
	period: string,
	length: PeriodLength,
	paths: readonly string[],
	options: BuildOptions & { readonly knownAt?: string } = {}
): Promise<Record<string, Record<string, unknown>>> {
	const { knownAt, ...rest } = options;
	const snapshot = await buildSnapshot(
		ctx.db.read,
		{ range: { from: period, to: period }, length, paths, knownAt: knownAt ?? null },
		{ now: momentOf(ctx.clock), ...rest }
	);
	const table = tableOfSnapshot(snapshot);
	const found: Record<string, Record<string, unknown>> = {};
	for (let row = 0; row < table.rows; row += 1) {
		const variables = variablesOfRow(table, row);
		found[String(variables.get('employee.id'))] = Object.fromEntries(
			paths.map((path) => [path, variables.get(path) ?? null])
		);
	}
	return found;
}

/** One figure of one person. */
export async function figure(
	ctx: Context,
	path: string,
	employee: string,
	period: string,
	length: PeriodLength = 'month'
): Promise<unknown> {
	return (await ask(ctx, period, length, [path]))[employee]?.[path];
}

/** A metric that is taken from visits. */
export function visitMetric(
	id: string,
	from: Readonly<Record<string, unknown>>,
	extra: Readonly<Record<string, unknown>> = {}
) {
	return {
		id,
		name: { 'zh-CN': id, en: id },
		unit: 'count',
		direction: 'higher',
		class: 'process',
		grain: 'employee',
		period: 'month',
		aggregation: 'sum',
		from_records: { record: 'visit', date: 'visited_on', ...from },
		...extra
	};
}
