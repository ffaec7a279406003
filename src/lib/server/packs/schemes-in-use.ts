/** Schemes of a client that descend from a pack's scheme, in their newest state. */
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Json } from '#lib/engine/logic/rule.ts';
import type { SchemeInUse } from '#lib/packs/merge-packs.ts';
import type { Pack } from '#lib/packs/pack.ts';
import { drafts, schemes } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { latestVersionOf } from '../schemes/read.ts';
import { readVersion } from '../versions/read.ts';

/** Those that say so by their origin, and those of the same id that share items with the pack's. */
export async function schemesInUse(queries: Queries, pack: Pack): Promise<SchemeInUse[]> {
	const rows = await queries.select().from(schemes).where(isNull(schemes.archivedAt));
	const inUse: SchemeInUse[] = [];
	for (const { id, name, origin } of rows) {
		if (origin && origin.pack !== pack.manifest.id) continue;
		const packScheme = origin?.scheme ?? id;
		const template = pack.schemes.get(packScheme);
		const document = template ? await newestDocument(queries, id) : null;
		if (!template || document === null) continue;
		if (!origin && !sharesItems(document, template.source)) continue;
		inUse.push({ schemeId: id, packScheme, name, document });
	}
	return inUse;
}

/** The open draft that was saved last, else the newest version. */
async function newestDocument(queries: Queries, schemeId: string): Promise<Json | null> {
	const [draft] = await queries
		.select({ document: drafts.document })
		.from(drafts)
		.where(and(eq(drafts.schemeId, schemeId), isNull(drafts.closedAt)))
		.orderBy(desc(drafts.updatedAt))
		.limit(1);
	if (draft) return draft.document;
	const number = await latestVersionOf(queries, schemeId);
	if (number === null) return null;
	return (await readVersion(queries, schemeId, number)).document as unknown as Json;
}

function sharesItems(document: Json, template: Json): boolean {
	const ids = itemIds(template);
	return itemIds(document).some((id) => ids.includes(id));
}

function itemIds(document: Json): string[] {
	const items = (document as { readonly items?: Json }).items;
	return Array.isArray(items)
		? (items as readonly { readonly id?: Json }[]).flatMap(({ id }) =>
				typeof id === 'string' ? [id] : []
			)
		: [];
}
