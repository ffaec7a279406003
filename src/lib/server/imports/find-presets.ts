/** Saved mappings, from packs or from people, against the header of a file. */
import { asc, eq } from 'drizzle-orm';
import * as v from 'valibot';
import { importMapping, type ImportKind, type ImportMapping } from '#lib/contract/imports.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { importPresets } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { tidyHeader } from './suggest-mapping.ts';

/** A saved mapping that fits a file. */
export interface PresetOffer {
	readonly id: string;
	readonly name: LocalText;
	/** How many columns of the file it knows. */
	readonly matched: number;
	/** The whole mapping as it was saved; null where the preset only names columns (a pack's). */
	readonly mapping: ImportMapping | null;
}

export interface FoundPresets {
	readonly offers: readonly PresetOffer[];
	/** Names that fitting presets give the fields. */
	readonly aliases: ReadonlyMap<string, readonly string[]>;
}

/** The presets whose columns the file has, those that know most of them first. */
export async function findFittingPresets(
	queries: Queries,
	kind: ImportKind,
	header: readonly string[]
): Promise<FoundPresets> {
	const rows = await queries
		.select()
		.from(importPresets)
		.where(eq(importPresets.kind, kind))
		.orderBy(asc(importPresets.id));
	const present = new Set(header.map(tidyHeader));
	const aliases = new Map<string, string[]>();
	const offers: PresetOffer[] = [];
	for (const { id, name, definition } of rows) {
		const match: unknown = definition['match'];
		const names = Array.isArray(match) ? match.map(String) : [];
		if (!names.every((column) => present.has(tidyHeader(column)))) continue;
		let matched = 0;
		for (const [field, entry] of Object.entries((definition['columns'] ?? {}) as object)) {
			const own = aliasesOf(entry);
			if (own.some((alias) => present.has(tidyHeader(alias)))) matched += 1;
			aliases.set(field, [...(aliases.get(field) ?? []), ...own]);
		}
		if (matched > 0) offers.push({ id, name, matched, mapping: savedMapping(definition, header) });
	}
	return { offers: offers.sort((a, b) => b.matched - a.matched), aliases };
}

/** The mapping of a preset that a person saved, where the file still has all of its columns. */
function savedMapping(
	definition: Readonly<Record<string, unknown>>,
	header: readonly string[]
): ImportMapping | null {
	const stored = v.safeParse(importMapping, definition['request']);
	if (!stored.success) return null;
	const has = new Set(header);
	const columns = stored.output.columns.flatMap(({ columns: names }) => names);
	return columns.every((column) => has.has(column)) ? stored.output : null;
}

/** A preset lists names, or an object with `aliases`. */
function aliasesOf(entry: unknown): string[] {
	const list: unknown =
		typeof entry === 'object' && entry !== null && 'aliases' in entry ? entry.aliases : entry;
	if (typeof list === 'string') return [list];
	return Array.isArray(list) ? list.map(String) : [];
}
