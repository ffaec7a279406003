import { desc, eq } from 'drizzle-orm';
import { admitActor } from '../auth/permissions.ts';
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

/** One version, with its document and the metric definitions frozen with it. */
export async function getVersion(
	ctx: Context,
	actor: Actor,
	input: { readonly schemeId: string; readonly number: number }
): Promise<VersionRow> {
	admitActor(ctx, actor, 'version.read');
	return readVersion(ctx.db.read, input.schemeId, input.number);
}
