/** What an exported pack takes from a client: definitions that its schemes need, and figures in the round. */
import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Dictionary, Json } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { metricSources } from '#lib/engine/scheme/metric-validate.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { EMPLOYEE_ATTRIBUTES } from '#lib/engine/scheme/variables.ts';
import { isValidDefinition } from '#lib/packs/definitions.ts';
import { exportedValues } from '#lib/packs/export/param-values.ts';
import type { MetricSummary } from '#lib/packs/export/sample-spec.ts';
import { PRESET_TRANSFORMS, type PackAttribute, type PackParam } from '#lib/packs/pack.ts';
import {
	importPresets,
	observations,
	parameters,
	parameterValues,
	targets
} from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { pathsOf } from '../replays/sides.ts';

/** Metrics that the schemes read, and what these are made of. */
export function neededMetrics(
	schemes: readonly SchemeDocument[],
	metrics: ReadonlyMap<string, MetricDefinition>,
	more: readonly string[]
): MetricDefinition[] {
	const wanted = new Set(more);
	for (const scheme of schemes) {
		for (const path of pathsOf(scheme, metrics)) {
			const id = /^(?:metric|target|attainment|team)\.([a-z0-9_]+)/.exec(path)?.[1];
			if (id !== undefined) wanted.add(id);
		}
	}
	for (const id of wanted) {
		const metric = metrics.get(id);
		if (metric) for (const source of metricSources(metric)) wanted.add(source);
	}
	return [...wanted].sort().flatMap((id) => metrics.get(id) ?? []);
}

/** Parameters that the schemes read, with every value of the client: by date, unit and season. */
export async function neededParams(
	queries: Queries,
	schemes: readonly SchemeDocument[],
	metrics: ReadonlyMap<string, MetricDefinition>
): Promise<PackParam[]> {
	const ids = namesRead(schemes, metrics, 'param');
	if (ids.length === 0) return [];
	const rows = await queries.select().from(parameters).where(inArray(parameters.id, ids));
	const values = await queries
		.select()
		.from(parameterValues)
		.where(and(inArray(parameterValues.parameterId, ids), isNull(parameterValues.withdrawnAt)))
		.orderBy(parameterValues.validFrom, parameterValues.id);
	return rows.map(({ id, name, unit }) => ({
		id,
		name,
		unit,
		...exportedValues(
			values.flatMap(({ parameterId, unitId, validFrom, value }) =>
				parameterId === id && value !== null ? [{ unitId, validFrom, value }] : []
			)
		)
	}));
}

/** Attributes that the schemes read. Of the values only those that a rule names. */
export function neededAttributes(
	schemes: readonly SchemeDocument[],
	metrics: ReadonlyMap<string, MetricDefinition>,
	dictionary: Dictionary
): PackAttribute[] {
	const text = JSON.stringify(schemes);
	return namesRead(schemes, metrics, 'employee')
		.filter((id) => id !== 'id')
		.map((id): PackAttribute => {
			const info = dictionary.get(`employee.${id}`) ?? EMPLOYEE_ATTRIBUTES.get(id);
			const named = (info?.values ?? [])
				.filter((value) => text.includes(JSON.stringify(value)))
				.map((value) => {
					const name = info?.valueNames?.[value];
					return name ? { value, name } : value;
				});
			return {
				id,
				name: EMPLOYEE_ATTRIBUTES.get(id)?.name ?? info?.name ?? bothLanguages(id),
				type: info?.type === 'number' || info?.type === 'boolean' ? info.type : 'text',
				...(named.length > 0 ? { values: named } : {})
			};
		});
}

function bothLanguages(text: string): LocalText {
	return { 'zh-CN': text, en: text };
}

function namesRead(
	schemes: readonly SchemeDocument[],
	metrics: ReadonlyMap<string, MetricDefinition>,
	namespace: 'param' | 'employee'
): string[] {
	const names = new Set<string>();
	for (const scheme of schemes) {
		for (const path of pathsOf(scheme, metrics)) {
			if (path.startsWith(`${namespace}.`)) names.add(path.slice(namespace.length + 1));
		}
	}
	return [...names].sort();
}

/** Import presets as pack files; those that were saved in a form no pack reads are left out. */
export async function exportedPresets(
	queries: Queries,
	wanted: readonly string[] | undefined
): Promise<{ readonly id: string; readonly [field: string]: Json }[]> {
	const rows = await queries.select().from(importPresets).orderBy(importPresets.id);
	return rows
		.filter(({ id }) => wanted?.includes(id) ?? true)
		.map(({ id, kind, name, definition }) => ({
			id,
			name: name as unknown as Json,
			for: kind,
			match: definition['match'] ?? [],
			columns: plainColumns(definition['columns']),
			...(definition['period'] === undefined ? {} : { period: definition['period'] })
		}))
		.filter((preset) => isValidDefinition('preset', preset.id, preset));
}

function plainColumns(columns: Json | undefined): Json {
	const entries = Object.entries((columns ?? {}) as Readonly<Record<string, Json>>);
	return Object.fromEntries(
		entries.map(([target, column]) => {
			const { aliases = [], transform } = column as {
				readonly aliases?: Json;
				readonly transform?: Json;
			};
			const known = PRESET_TRANSFORMS.find((word) => word === transform);
			return [target, { aliases, ...(known ? { transform: known } : {}) }];
		})
	);
}

/** Fewer people than this are not told of, not even in the round. */
const LEAST_PEOPLE = 5;
/** Figures looked at for each metric, newest first. */
const MOST_FIGURES = 5_000;

/** Figures of one metric in the round; null where too few people have any. */
export async function summarise(
	queries: Queries,
	metric: MetricDefinition
): Promise<MetricSummary | null> {
	const read = async (table: typeof observations | typeof targets): Promise<number[]> => {
		const rows = await queries
			.select({ subject: table.subjectId, value: table.value })
			.from(table)
			.where(
				and(
					eq(table.metric, metric.id),
					eq(table.subjectKind, 'employee'),
					isNull(table.withdrawnAt)
				)
			)
			.orderBy(desc(table.period))
			.limit(MOST_FIGURES);
		const people = new Set(rows.map(({ subject }) => subject));
		if (people.size < LEAST_PEOPLE) return [];
		return rows.flatMap(({ value }) => (value === null ? [] : [value])).sort((a, b) => a - b);
	};
	const figures = await read(observations);
	const goals = await read(targets);
	if (figures.length === 0 && goals.length === 0) return null;
	const told = figures.length > 0 ? figures : goals;
	const mean = told.reduce((sum, value) => sum + value, 0) / told.length;
	const variance = told.reduce((sum, value) => sum + (value - mean) ** 2, 0) / told.length;
	return {
		metric: metric.id,
		median: middle(told) ?? 0,
		spread: mean === 0 ? 0 : Math.sqrt(variance) / Math.abs(mean),
		target: middle(goals),
		decimals: metric.decimals ?? (metric.unit === 'ratio' ? 3 : 0),
		valid: metric.valid ?? null
	};
}

function middle(sorted: readonly number[]): number | null {
	return sorted[Math.floor(sorted.length / 2)] ?? null;
}
