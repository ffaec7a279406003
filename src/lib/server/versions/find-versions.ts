import { desc, eq } from 'drizzle-orm';
import { EMPLOYEE_ID } from '../../engine/table/paths.ts';
import type { SchemeDocument } from '../../engine/scheme/document.ts';
import { admitActor, hasPermission } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { versions } from '../db/client/tables/schemes.ts';
import { readVersion, type VersionRow } from './read.ts';

/** A version without its document, for lists. */
export type VersionSummary = Omit<VersionRow, 'document' | 'metrics'>;

/** The versions of a scheme, the newest first. */
export async function listVersions(
	ctx: Context,
	actor: Actor,
	schemeId: string
): Promise<readonly VersionSummary[]> {
	admitActor(ctx, actor, 'version.read');
	const rows = await ctx.db.read
		.select()
		.from(versions)
		.where(eq(versions.schemeId, schemeId))
		.orderBy(desc(versions.number));
	return rows.map(({ document: _document, metrics: _metrics, ...summary }) => summary);
}

/**
 * One version, with its document and the metric definitions frozen with it. Who may not see people
 * gets it without the golden employees that are real ones.
 */
export async function getVersion(
	ctx: Context,
	actor: Actor,
	input: { readonly schemeId: string; readonly number: number }
): Promise<VersionRow> {
	admitActor(ctx, actor, 'version.read');
	const version = await readVersion(ctx.db.read, input.schemeId, input.number);
	if (hasPermission(actor, 'people.read')) return version;
	return { ...version, document: withoutRealPeople(version.document) };
}

/** Golden employees pinned from real people carry their figures: not for everybody who may read rules. */
function withoutRealPeople(document: SchemeDocument): SchemeDocument {
	if (!document.examples) return document;
	const examples = document.examples.filter(({ given }) => given[EMPLOYEE_ID] === undefined);
	return { ...document, examples };
}
