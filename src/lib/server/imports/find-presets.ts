/** Saved mappings, from packs or from people, against the header of a file. */
import { asc, eq } from 'drizzle-orm';
import * as v from 'valibot';
import { importMapping, type ImportMapping } from '#lib/contract/import-mapping.ts';
import { type ImportKind } from '#lib/contract/imports.ts';
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
	/** A person saved it; others come with packs. */
	readonly isSaved: boolean;
	/** The whole mapping for this file; null where the file lacks something of it. */
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
	header: readonly string[],
	fields: ReadonlySet<string>
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
		const mapping = mappingOf(definition, header, fields);
		if (matched > 0) {
			const isSaved = definition['request'] !== undefined;
			offers.push({ id, name, matched, isSaved, mapping });
		}
	}
	// One that a person saved says more than one that names columns.
	const rank = ({ matched, isSaved }: PresetOffer) => matched * 2 + (isSaved ? 1 : 0);
	return { offers: offers.sort((a, b) => rank(b) - rank(a)), aliases };
}

/** The whole mapping of a preset for this file; null where the file cannot be read by it. */
function mappingOf(
	definition: Readonly<Record<string, unknown>>,
	header: readonly string[],
	fields: ReadonlySet<string>
): ImportMapping | null {
	const stored = v.safeParse(importMapping, definition['request']);
	const mapping = stored.success ? stored.output : packMapping(definition, header, fields);
	if (!mapping) return null;
	const has = new Set(header);
	const columns = mapping.columns.flatMap(({ columns: names }) => names);
	const isWhole = columns.length > 0 && columns.every((column) => has.has(column));
	return isWhole ? mapping : null;
}

/** What a pack's preset says, as a mapping: columns by their names, transforms, period, condition. */
function packMapping(
	definition: Readonly<Record<string, unknown>>,
	header: readonly string[],
	fields: ReadonlySet<string>
): ImportMapping | null {
	const place = new Map(header.map((column) => [tidyHeader(column), column]));
	const entries = Object.entries((definition['columns'] ?? {}) as object);
	const columns = entries.flatMap(([field, entry]: [string, unknown]) => {
		const column = aliasesOf(entry)
			.map((alias) => place.get(tidyHeader(alias)))
			.find((found) => found !== undefined);
		if (column === undefined || !fields.has(field)) return [];
		return [{ field, columns: [column], transform: transformOf(entry) }];
	});
	const period = v.safeParse(presetPeriod, definition['period']);
	const told = period.success ? place.get(tidyHeader(period.output.column)) : undefined;
	const date = period.success ? NOTATIONS.get(period.output.notation.toUpperCase()) : undefined;
	const known = columns.find(({ field }) => field === 'period');
	if (known) known.transform = { ...known.transform, ...(date ? { date } : {}) };
	else if (told !== undefined && fields.has('period')) {
		columns.push({ field: 'period', columns: [told], transform: date ? { date } : {} });
	}
	const where = v.safeParse(presetWhere, definition['where']);
	const mapping = v.safeParse(importMapping, {
		columns,
		where: (where.success ? where.output : []).map(({ column, values }) => ({
			column: place.get(tidyHeader(column)) ?? column,
			values
		}))
	});
	return mapping.success ? mapping.output : null;
}

const presetPeriod = v.object({ column: v.string(), notation: v.string() });
const presetWhere = v.array(v.object({ column: v.string(), values: v.array(v.string()) }));

/** Notations of periods that the usual reading would not understand, or not surely. */
const NOTATIONS: ReadonlyMap<string, 'day_first' | 'month_first' | 'yymmdd'> = new Map([
	['DD/MM/YYYY', 'day_first'],
	['D/M/YYYY', 'day_first'],
	['MM/DD/YYYY', 'month_first'],
	['M/D/YYYY', 'month_first'],
	['YYMMDD', 'yymmdd']
]);

/** Packs name a transform by a word; `number`, `date` and `trim` are what every import does. */
function transformOf(entry: unknown): Record<string, string> {
	const isPercent =
		typeof entry === 'object' && entry !== null && Reflect.get(entry, 'transform') === 'percent';
	return isPercent ? { scale: 'percent' } : {};
}

/** A preset lists names, or an object with `aliases`. */
function aliasesOf(entry: unknown): string[] {
	const list: unknown =
		typeof entry === 'object' && entry !== null && 'aliases' in entry ? entry.aliases : entry;
	if (typeof list === 'string') return [list];
	return Array.isArray(list) ? list.map(String) : [];
}
