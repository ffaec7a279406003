/** What a client has, as the plan of an installation compares it. */
import { isNull, sql } from 'drizzle-orm';
import { EMPLOYEE_ATTRIBUTES } from '#lib/engine/scheme/variables.ts';
import type { DataExtent } from '#lib/packs/needs.ts';
import type { Pack } from '#lib/packs/pack.ts';
import { partHash, type ClientPackState, type PackPartKind } from '#lib/packs/plan-install.ts';
import {
	employeeFacts,
	observations,
	parameterValues,
	records,
	targets
} from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { findInstalled, presentParts } from './present-parts.ts';

/** Attributes that follow from others and need no column of their own. */
const DERIVED_ATTRIBUTES = ['id', 'name', 'unit_path', 'tenure_months'] as const;

/** Reads what a client has of the kinds that packs bring, and for which variables it has data. */
export async function clientPackState(queries: Queries, pack: Pack): Promise<ClientPackState> {
	const parts = await presentParts(queries);
	const installed = await findInstalled(queries, pack.manifest.id);
	const hashes = (wanted: PackPartKind): Map<string, string> =>
		new Map(
			[...parts.values()]
				.filter(({ kind }) => kind === wanted)
				.map(({ id, content }) => [id, partHash(content)])
		);
	return {
		parts: {
			metric: hashes('metric'),
			record: hashes('record'),
			scheme: hashes('scheme'),
			preset: hashes('preset'),
			param: hashes('param'),
			value: hashes('value')
		},
		data: await clientData(queries),
		installed: installed && { version: installed.version, hash: installed.hash }
	};
}

/** What the client's facts supply, and from when to when. */
export async function clientData(queries: Queries): Promise<Map<string, DataExtent>> {
	const data = new Map<string, DataExtent>();
	await addFigures(queries, data, 'metric', observations);
	await addFigures(queries, data, 'target', targets);
	const attributes = await queries
		.select({
			attribute: employeeFacts.attribute,
			subjects: sql<number>`count(distinct ${employeeFacts.employeeId})`
		})
		.from(employeeFacts)
		.where(isNull(employeeFacts.withdrawnAt))
		.groupBy(employeeFacts.attribute);
	const undated = (subjects: number): DataExtent => ({ from: null, to: null, subjects });
	for (const { attribute, subjects } of attributes) {
		data.set(`employee.${attribute}`, undated(subjects));
	}
	if (attributes.length > 0) {
		const people = Math.max(...attributes.map(({ subjects }) => subjects));
		for (const attribute of DERIVED_ATTRIBUTES) {
			if (EMPLOYEE_ATTRIBUTES.has(attribute)) data.set(`employee.${attribute}`, undated(people));
		}
	}
	const values = await queries
		.select({
			id: parameterValues.parameterId,
			from: sql<string>`min(${parameterValues.validFrom})`
		})
		.from(parameterValues)
		.where(isNull(parameterValues.withdrawnAt))
		.groupBy(parameterValues.parameterId);
	for (const { id, from } of values) data.set(`param.${id}`, { from, to: null, subjects: 1 });
	const single = await queries
		.select({
			type: records.type,
			from: sql<string>`min(${records.date})`,
			to: sql<string>`max(${records.date})`,
			subjects: sql<number>`count(distinct ${records.subjectId})`
		})
		.from(records)
		.where(isNull(records.withdrawnAt))
		.groupBy(records.type);
	for (const { type, ...extent } of single) data.set(`record.${type}`, extent);
	return data;
}

/** Figures of people and units; those of units are their team's as well. */
async function addFigures(
	queries: Queries,
	data: Map<string, DataExtent>,
	namespace: 'metric' | 'target',
	table: typeof observations | typeof targets
): Promise<void> {
	const rows = await queries
		.select({
			kind: table.subjectKind,
			metric: table.metric,
			from: sql<string>`min(${table.period})`,
			to: sql<string>`max(${table.period})`,
			subjects: sql<number>`count(distinct ${table.subjectId})`
		})
		.from(table)
		.where(isNull(table.withdrawnAt))
		.groupBy(table.subjectKind, table.metric);
	for (const { kind, metric, ...extent } of rows) {
		const path = `${namespace}.${metric}`;
		data.set(path, joined(data.get(path), extent));
		if (kind !== 'unit') continue;
		data.set(`team.${metric}.${namespace === 'metric' ? 'actual' : 'target'}`, extent);
	}
}

function joined(a: DataExtent | undefined, b: DataExtent & { from: string; to: string }) {
	if (!a || a.from === null || a.to === null) return b;
	return {
		from: a.from < b.from ? a.from : b.from,
		to: a.to > b.to ? a.to : b.to,
		subjects: a.subjects + b.subjects
	};
}
