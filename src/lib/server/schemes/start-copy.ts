import type { LocalText } from '../../engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '../../engine/logic/rule.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { readVersion } from '../versions/read.ts';
import { createDraft, type CreatedDraft } from './create-draft.ts';
import { readDraft } from './read.ts';

/** What is copied: a published version, or a draft as it is saved now. */
export type CopySource =
	| { readonly kind: 'version'; readonly schemeId: string; readonly number: number }
	| { readonly kind: 'draft'; readonly draftId: string };

export interface StartCopy {
	readonly from: CopySource;
	/** Id of the new scheme; one that exists is refused. */
	readonly schemeId: string;
	readonly name: LocalText;
}

/**
 * Starts a scheme of its own from a copy of another. Rules, golden employees and notes come along;
 * what was accepted or waived there was accepted for that scheme, so it does not.
 */
export async function startCopy(
	ctx: Context,
	actor: Actor,
	{ from, schemeId, name }: StartCopy
): Promise<CreatedDraft> {
	admitActor(ctx, actor, 'draft.edit');
	const { waivers: _waivers, view, ...document } = await contentOf(ctx, from);
	const copy = { ...document, id: schemeId, name, ...viewOf(view) } as unknown as Json;
	return createDraft(ctx, actor, { kind: 'document', document: copy, asNew: true });
}

async function contentOf(ctx: Context, from: CopySource): Promise<JsonObject> {
	if (from.kind === 'draft') return (await readDraft(ctx.db.read, from.draftId)).document;
	const { document } = await readVersion(ctx.db.read, from.schemeId, from.number);
	return document as unknown as JsonObject;
}

function viewOf(view: Json | undefined): { view?: JsonObject } {
	if (typeof view !== 'object' || view === null || Array.isArray(view)) return {};
	const { accepted_results: _accepted, ...kept } = view as JsonObject;
	return { view: kept };
}
