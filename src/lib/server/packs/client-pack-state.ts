/** What a client has, as the plan of an installation compares it. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Json } from '#lib/engine/logic/rule.ts';
import { EMPLOYEE_ATTRIBUTES } from '#lib/engine/scheme/variables.ts';
import type { Pack } from '#lib/packs/pack.ts';
import { partHash, type ClientPackState } from '#lib/packs/plan-install.ts';
import {
	employeeFacts,
	importPresets,
	installedPacks,
	observations,
	parameters,
	parameterValues,
	recordTypes,
	targets,
	templates
} from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';

/** Attributes that follow from others and need no column of their own. */
const DERIVED_ATTRIBUTES = ['id', 'name', 'unit_path', 'tenure_months'] as const;

/** Reads what a client has of the kinds that packs bring, and for which variables it has data. */
export async function clientPackState(queries: Queries, pack: Pack): Promise<ClientPackState> {
	// Definitions were read from JSON, so they are JSON; their interfaces only lack the index signature.
	const hash = (value: unknown): string => partHash(value as Json);
	const metrics = await loadMetrics(queries);
	const records = await queries.select().from(recordTypes).orderBy(recordTypes.revision);
	const schemes = await queries
		.select({ id: templates.id, document: templates.document })
		.from(templates)
		.where(isNull(templates.retiredAt));
	const presets = await queries.select().from(importPresets);
	const params = await queries.select().from(parameters);
	const [installed] = await queries
		.select({ version: installedPacks.version, hash: installedPacks.hash })
		.from(installedPacks)
		.where(and(eq(installedPacks.packId, pack.manifest.id), isNull(installedPacks.removedAt)));
	return {
		parts: {
			metric: new Map([...metrics].map(([id, metric]) => [id, hash(metric)])),
			record: new Map(records.map(({ id, definition }) => [id, hash(definition)])),
			scheme: new Map(schemes.map(({ id, document }) => [id, hash(document)])),
			preset: new Map(presets.map(({ id, definition }) => [id, hash(definition)])),
			param: new Map(params.map(({ id, name, unit }) => [id, hash({ name, unit })]))
		},
		data: await dataPaths(queries),
		installed: installed ?? null
	};
}

/** Variable paths that the client's facts supply. */
async function dataPaths(queries: Queries): Promise<Set<string>> {
	const paths = new Set<string>();
	const figures = await queries
		.selectDistinct({ kind: observations.subjectKind, metric: observations.metric })
		.from(observations)
		.where(isNull(observations.withdrawnAt));
	for (const { kind, metric } of figures) {
		paths.add(`metric.${metric}`);
		if (kind === 'unit') paths.add(`team.${metric}.actual`);
	}
	const aims = await queries
		.selectDistinct({ kind: targets.subjectKind, metric: targets.metric })
		.from(targets)
		.where(isNull(targets.withdrawnAt));
	for (const { kind, metric } of aims) {
		paths.add(`target.${metric}`);
		if (kind === 'unit') paths.add(`team.${metric}.target`);
	}
	const attributes = await queries
		.selectDistinct({ attribute: employeeFacts.attribute })
		.from(employeeFacts)
		.where(isNull(employeeFacts.withdrawnAt));
	for (const { attribute } of attributes) paths.add(`employee.${attribute}`);
	if (attributes.length > 0) {
		for (const attribute of DERIVED_ATTRIBUTES) {
			if (EMPLOYEE_ATTRIBUTES.has(attribute)) paths.add(`employee.${attribute}`);
		}
	}
	const values = await queries
		.select({ id: parameterValues.parameterId, count: sql<number>`count(*)` })
		.from(parameterValues)
		.where(isNull(parameterValues.withdrawnAt))
		.groupBy(parameterValues.parameterId);
	for (const { id } of values) paths.add(`param.${id}`);
	return paths;
}
