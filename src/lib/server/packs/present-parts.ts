/** What a client has today of the kinds that packs bring, and what it installed. */
import { and, eq, isNull } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { adaptPack } from '#lib/packs/adapt-pack.ts';
import type { PackAnswers } from '#lib/packs/answers.ts';
import type { Pack } from '#lib/packs/pack.ts';
import { valuePartId, type PackPartKind } from '#lib/packs/plan-install.ts';
import {
	attributes,
	importPresets,
	installedPacks,
	parameters,
	recordTypes,
	templates
} from '../db/client/schema.ts';
import type { PackOrigin } from '../db/client/tables/metrics.ts';
import type { AttributeChoice } from '../db/client/tables/registers.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { loadMetricRevisions } from '../metrics/load-metrics.ts';
import { knownPack } from './known-packs.ts';
import { packProblems } from './problems.ts';

/** One definition of the client, comparable with a part of a pack. */
export interface PresentPart {
	readonly kind: PackPartKind;
	readonly id: string;
	readonly name: LocalText;
	readonly content: Json;
	readonly origin: PackOrigin | null;
}

/** Every definition in use, by `kind:id`. */
export async function presentParts(queries: Queries): Promise<Map<string, PresentPart>> {
	const metrics = await loadMetricRevisions(queries);
	const kinds = await currentRecordTypes(queries);
	const schemes = await queries.select().from(templates).where(isNull(templates.retiredAt));
	const presets = await queries.select().from(importPresets);
	const params = await queries.select().from(parameters).where(isNull(parameters.retiredAt));
	const described = await queries.select().from(attributes);
	// Definitions were read from JSON, so they are JSON; their interfaces only lack the index signature.
	const json = (value: unknown): Json => value as Json;
	const parts: PresentPart[] = [
		...[...metrics].map(([id, { definition, origin }]) => ({
			kind: 'metric' as const,
			id,
			name: definition.name,
			content: json(definition),
			origin
		})),
		...[...kinds].map(([id, { definition, origin }]) => ({
			kind: 'record' as const,
			id,
			name: nameIn(definition, id),
			content: json(definition),
			origin
		})),
		...schemes.map(({ id, name, document, origin }) => ({
			kind: 'scheme' as const,
			id,
			name,
			content: json(document),
			origin
		})),
		...presets.map(({ id, name, kind, definition, origin }) => ({
			kind: 'preset' as const,
			id,
			name,
			content: json({ name, for: kind, ...definition }),
			origin
		})),
		...params.map(({ id, name, unit, origin }) => ({
			kind: 'param' as const,
			id,
			name,
			content: json({ name, unit }),
			origin
		})),
		...described.flatMap(({ id, choices }) =>
			choices.filter(isNamed).map(({ value, name, origin = null }) => ({
				kind: 'value' as const,
				id: valuePartId(id, value),
				name,
				content: json({ name }),
				origin
			}))
		)
	];
	return new Map(parts.map((part) => [`${part.kind}:${part.id}`, part]));
}

/** A value that is its own name was listed without one. */
function isNamed({ value, name }: AttributeChoice): boolean {
	return name['zh-CN'] !== value || name.en !== value;
}

function nameIn(definition: { readonly [key: string]: Json }, id: string): LocalText {
	return (definition['name'] as LocalText | undefined) ?? { 'zh-CN': id, en: id };
}

/** Record types in use: the highest revision of each that is not retired. */
export async function currentRecordTypes(
	queries: Queries
): Promise<Map<string, typeof recordTypes.$inferSelect>> {
	const rows = await queries.select().from(recordTypes).orderBy(recordTypes.revision);
	const current = new Map<string, typeof recordTypes.$inferSelect>();
	for (const row of rows) {
		if (row.retired) current.delete(row.id);
		else current.set(row.id, row);
	}
	return current;
}

export type InstalledRow = typeof installedPacks.$inferSelect;

/** The installation of a pack in force; null when there is none. */
export async function findInstalled(
	queries: Queries,
	packId: string
): Promise<InstalledRow | null> {
	const [row] = await queries
		.select()
		.from(installedPacks)
		.where(and(eq(installedPacks.packId, packId), isNull(installedPacks.removedAt)));
	return row ?? null;
}

/** The same; a pack that is not installed is refused. */
export async function getInstalled(queries: Queries, packId: string): Promise<InstalledRow> {
	const row = await findInstalled(queries, packId);
	if (!row) {
		throw refuse(packProblems, 'pack_not_installed', { details: { pack: packId.slice(0, 60) } });
	}
	return row;
}

/** Answers as an installation stored them. */
export function answersOf({ params }: Pick<InstalledRow, 'params'>): PackAnswers {
	return params as PackAnswers;
}

/**
 * The pack as it was installed, its answers applied: the base of every later merge. Read without
 * regard to the running engine's version, because what was installed once stays readable.
 */
export async function installedPack(row: InstalledRow): Promise<Pack> {
	const files = new Map(Object.entries(row.files));
	const { pack, findings } = await knownPack(files, { anyEngine: true });
	if (!pack) {
		throw refuse(packProblems, 'pack_invalid', {
			details: { pack: row.packId, count: findings.length },
			diagnostics: findings
		});
	}
	return adaptPack(pack, answersOf(row)).pack;
}
