/** The fields that a file may be mapped to at a client: its attributes, metrics, parameters, records. */
import type { ImportKind } from '#lib/contract/imports.ts';
import { parameters } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { loadAttributes } from '../people/attributes.ts';
import { loadPeople } from '../people/history.ts';
import { loadAllRecordTypes, type RecordType } from '../records/record-types.ts';
import { importFields, type FieldType, type ImportField, type OwnAttribute } from './fields.ts';
import { importProblems } from './problems.ts';

/** The type of a batch of records. */
export async function recordTypeOf(queries: Queries, id: string | null): Promise<RecordType> {
	const types = await loadAllRecordTypes(queries);
	const found = id === null ? undefined : types.get(id);
	if (found) return found.definition;
	throw refuse(importProblems, 'import_record_type', {
		details: { known: [...types.keys()].join(', ') || '—' }
	});
}

/** The fields that a file of this kind may be mapped to. */
export async function fieldsFor(
	queries: Queries,
	kind: ImportKind,
	recordType: string | null = null
): Promise<ImportField[]> {
	const isFigures = kind === 'observations' || kind === 'targets';
	return importFields(kind, {
		metrics: isFigures ? [...(await loadMetrics(queries)).values()] : [],
		attributes: kind === 'people' ? await ownAttributes(queries) : [],
		parameters:
			kind === 'parameters'
				? await queries.select({ id: parameters.id, name: parameters.name }).from(parameters)
				: [],
		recordType: kind === 'records' ? await recordTypeOf(queries, recordType) : null
	});
}

const TYPES: Readonly<Record<string, FieldType>> = {
	number: 'number',
	money: 'number',
	date: 'date',
	boolean: 'boolean'
};

/** Attributes that were defined, and those that anybody has without a definition. */
async function ownAttributes(queries: Queries): Promise<OwnAttribute[]> {
	const defined = await loadAttributes(queries);
	const known = [...defined.values()]
		.filter(({ retired }) => !retired)
		.map(({ id, name, type }) => ({ id, name, type: TYPES[type] ?? 'text' }));
	const others = (await loadPeople(queries))
		.attributeIds()
		.filter((id) => !defined.has(id))
		.map((id): OwnAttribute => ({ id, name: { 'zh-CN': id, en: id }, type: 'text' }));
	return [...known, ...others];
}
