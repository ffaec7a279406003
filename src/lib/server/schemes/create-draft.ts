import { eq } from 'drizzle-orm';
import type { LocalText } from '../../engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '../../engine/logic/rule.ts';
import {
	SCHEME_FORMAT,
	TOTAL_DEFAULTS,
	type PeriodLength,
	type SchemeDocument,
	type SchemeOrigin
} from '../../engine/scheme/document.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { templates } from '../db/client/tables/packs.ts';
import { draftRevisions, drafts, schemes } from '../db/client/tables/schemes.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { readVersion } from '../versions/read.ts';
import { readDraftDocument } from './document.ts';
import { schemeProblems } from './problems.ts';
import { latestVersionOf } from './read.ts';

/** Where a draft's first content comes from. */
export type DraftSource =
	/** Nothing yet: a new scheme. */
	| {
			readonly kind: 'blank';
			readonly schemeId: string;
			readonly name: LocalText;
			readonly period: PeriodLength;
	  }
	/** A template of a pack or of the client's library, under its own id or another. */
	| { readonly kind: 'template'; readonly templateId: string; readonly schemeId?: string }
	/** A published version, to change it or to return to it. */
	| { readonly kind: 'version'; readonly schemeId: string; readonly number: number }
	/** A document from a file; with `asNew`, its scheme must not exist yet. */
	| { readonly kind: 'document'; readonly document: Json; readonly asNew?: boolean };

export interface CreatedDraft {
	readonly id: string;
	readonly schemeId: string;
	readonly revision: number;
	readonly hash: string;
	readonly baseVersion: number | null;
}

const SCHEME_ID = /^[a-z][a-z0-9-]{0,62}$/;

/**
 * Starts a draft. Its base is the scheme's newest version, whatever it was copied from: that is
 * what it will be compared with and what it must still follow when it is published.
 */
export async function createDraft(
	ctx: Context,
	actor: Actor,
	source: DraftSource
): Promise<CreatedDraft> {
	admitActor(ctx, actor, 'draft.edit');
	return ctx.db.write((tx) => _createDraft(tx, ctx, actor, source));
}

/** The same inside a transaction that does more, such as the upgrade of a pack. */
export async function _createDraft(
	tx: Tx,
	ctx: Pick<Context, 'clock' | 'ids'>,
	actor: Actor,
	source: DraftSource
): Promise<CreatedDraft> {
	const { document, hash } = readDraftDocument(await contentOf(tx, source));
	const schemeId = String(document.id);
	if (!SCHEME_ID.test(schemeId)) throw refuse(schemeProblems, 'scheme_id_not_allowed');
	const now = momentOf(ctx.clock);
	const [known] = await tx.select({ id: schemes.id }).from(schemes).where(eq(schemes.id, schemeId));
	const isNew = source.kind === 'blank' || (source.kind === 'document' && source.asNew === true);
	if (known && isNew) {
		throw refuse(schemeProblems, 'scheme_exists', { details: { scheme: schemeId } });
	}
	if (!known) {
		await tx.insert(schemes).values({
			id: schemeId,
			name: nameOf(document, schemeId),
			origin: (document.origin as SchemeOrigin | undefined) ?? null,
			createdAt: now,
			createdBy: actor.userId
		});
		await recordEvent(tx, ctx, actor, { type: 'scheme_created', scheme: schemeId });
	}
	const id = ctx.ids.make();
	const baseVersion = await latestVersionOf(tx, schemeId);
	const by = { createdAt: now, createdBy: actor.userId, updatedAt: now, updatedBy: actor.userId };
	await tx.insert(drafts).values({ id, schemeId, baseVersion, revision: 1, document, hash, ...by });
	await tx.insert(draftRevisions).values({
		draftId: id,
		revision: 1,
		document,
		hash,
		savedAt: now,
		savedBy: actor.userId
	});
	await recordEvent(tx, ctx, actor, {
		type: 'draft_created',
		draft: id,
		scheme: schemeId,
		base: baseVersion,
		hash
	});
	return { id, schemeId, revision: 1, hash, baseVersion };
}

async function contentOf(tx: Tx, source: DraftSource): Promise<Json> {
	switch (source.kind) {
		case 'blank':
			return asJson({
				format: SCHEME_FORMAT,
				id: source.schemeId,
				name: source.name,
				period: source.period,
				applies_to: true,
				weighting: 'percent',
				items: [],
				total: { ...TOTAL_DEFAULTS },
				grades: []
			});
		case 'template': {
			const [template] = await tx
				.select({ document: templates.document, origin: templates.origin })
				.from(templates)
				.where(eq(templates.id, source.templateId));
			if (!template) throw refuse(commonProblems, 'not_found');
			return asJson({
				...template.document,
				id: source.schemeId ?? template.document.id,
				...(template.origin ? { origin: { ...template.origin, scheme: source.templateId } } : {})
			});
		}
		case 'version':
			return asJson((await readVersion(tx, source.schemeId, source.number)).document);
		case 'document':
			return source.document;
	}
}

/** A scheme document is JSON; its interface only lacks the index signature. */
function asJson(document: SchemeDocument): Json {
	return document as unknown as Json;
}

function nameOf(document: JsonObject, fallback: string): LocalText {
	const name = document.name as Partial<LocalText> | undefined;
	const zh = typeof name?.['zh-CN'] === 'string' ? name['zh-CN'] : fallback;
	return { 'zh-CN': zh, en: typeof name?.en === 'string' ? name.en : fallback };
}
