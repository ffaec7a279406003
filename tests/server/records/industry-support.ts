/** What bringing a file of records in takes, and the figures that scoring reads of it. */
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import type { PeriodLength } from '#lib/engine/scheme/document.ts';
import { variablesOfRow } from '#lib/engine/table/row.ts';
import { tableOfSnapshot } from '#lib/engine/table/snapshot.ts';
import { momentOf } from '#lib/server/clock.ts';
import type { Context } from '#lib/server/context.ts';
import { bulkInsert } from '#lib/server/db/bulk.ts';
import { employeeFacts, employees, units } from '#lib/server/db/client/schema.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { saveRecordType } from '#lib/server/records/save-record-type.ts';
import { buildSnapshot } from '#lib/server/snapshots/build-snapshot.ts';
import { bytesOf, columns, metric, type MappingInput } from '../imports/import-files.ts';
import { actorWith } from '../support/studio.ts';

const implementer = actorWith('implementer');

export type File = Uint8Array | string;

/** A column of a record type: id and type; a name is not needed to count. */
type ColumnTypes = Readonly<Record<string, 'text' | 'number' | 'money' | 'date'>>;

/** Registers a record type of these columns. */
export async function recordType(
	ctx: Context,
	id: string,
	parts: { readonly key: readonly string[]; readonly date: string; readonly subject: string },
	types: ColumnTypes
): Promise<void> {
	const words = (text: string) => ({ 'zh-CN': text, en: text });
	await saveRecordType(ctx, implementer, {
		definition: {
			id,
			name: words(id),
			...parts,
			columns: Object.entries(types).map(([column, type]) => ({
				id: column,
				name: words(column),
				type
			}))
		},
		revision: 0
	});
}

/** A file of records through the wizard: staged, mapped, planned, committed without what is refused. */
export async function importRecords(
	ctx: Context,
	type: string,
	file: File,
	pairs: Readonly<Record<string, string>>,
	more: Partial<MappingInput> & { readonly extra?: MappingInput['columns'] } = {}
) {
	const { extra = [], ...rest } = more;
	const mapped = columns(
		Object.fromEntries(Object.entries(pairs).map(([header, id]) => [header, `record.${id}`]))
	);
	return bring(ctx, 'records', file, { columns: [...mapped, ...extra], ...rest }, type);
}

/** Any file through the wizard. */
export async function bring(
	ctx: Context,
	kind: 'people' | 'observations' | 'records',
	file: File,
	mapping: MappingInput,
	type?: string
) {
	const batch = await stageImport(ctx, implementer, {
		kind,
		fileName: `${type ?? kind}.csv`,
		bytes: typeof file === 'string' ? bytesOf(file) : file,
		...(type === undefined ? {} : { recordType: type })
	});
	const plan = await planImport(ctx, implementer, {
		batchId: batch.id,
		mapping: completeMapping(mapping)
	});
	const done = await commitImport(ctx, implementer, {
		batchId: batch.id,
		planHash: plan.planHash,
		withoutRejected: true
	});
	return { plan, done };
}

/** A metric that is taken from records. */
export function taken(
	id: string,
	record: string,
	from: JsonObject,
	extra: Readonly<Record<string, unknown>> = {}
) {
	return metric(id, { from_records: { record, ...from }, ...extra });
}

/** Units by id and name below one, each with a desk: a person of the unit's own id. */
export async function foundUnits(ctx: Context, names: ReadonlyMap<string, string>): Promise<void> {
	const now = momentOf(ctx.clock);
	const fact = { recordedAt: now, recordedBy: 'imp' };
	const all = [...names];
	await ctx.db.write(async (tx) => {
		await bulkInsert(tx, units, [
			{
				id: 'all',
				parentId: null,
				name: { 'zh-CN': '全部', en: 'All' },
				kind: 'group',
				createdAt: now
			},
			...all.map(([id, name]) => ({
				id,
				parentId: 'all',
				name: { 'zh-CN': name, en: name },
				kind: 'department',
				createdAt: now
			}))
		]);
		const desks = [['all', 'All'] as const, ...all];
		await bulkInsert(
			tx,
			employees,
			desks.map(([id, name]) => ({ id: `desk-${id}`, name, createdAt: now }))
		);
		await bulkInsert(
			tx,
			employeeFacts,
			desks.map(([id]) => ({
				employeeId: `desk-${id}`,
				attribute: 'unit',
				value: id,
				validFrom: '1990-01-01',
				...fact
			}))
		);
	});
}

/** Figures of metrics by person and period, as scoring reads them. */
export async function figures(
	ctx: Context,
	range: { readonly from: string; readonly to: string },
	length: PeriodLength,
	metrics: readonly string[]
): Promise<ReadonlyMap<string, Readonly<Record<string, number | null>>>> {
	const paths = metrics.map((id) => `metric.${id}`);
	const snapshot = await buildSnapshot(ctx.db.read, { range, length, paths });
	const table = tableOfSnapshot(snapshot);
	const found = new Map<string, Record<string, number | null>>();
	for (let row = 0; row < table.rows; row += 1) {
		const variables = variablesOfRow(table, row);
		const key = `${String(variables.get('employee.id'))} ${String(variables.get('period.id'))}`;
		found.set(
			key,
			Object.fromEntries(
				metrics.map((id) => {
					const value = variables.get(`metric.${id}`);
					return [id, typeof value === 'number' ? value : null];
				})
			)
		);
	}
	return found;
}

/** One line of a file, by its columns. */
export type Cells = Readonly<Record<string, string>>;
