import { asc, desc, isNull } from 'drizzle-orm';
import type { LocalText } from '../../engine/diagnostics/diagnostic.ts';
import type { PeriodLength } from '../../engine/scheme/document.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { drafts, templates, versions } from '../db/client/schema.ts';

export interface TemplateChoice {
	readonly id: string;
	readonly name: LocalText;
	readonly pack: string | null;
	readonly items: number;
	readonly period: PeriodLength;
}

export interface CopyChoice {
	/** `version:<scheme>/<number>` or `draft:<id>`. */
	readonly key: string;
	readonly name: LocalText;
	readonly number: number | null;
	readonly at: string;
}

export interface StartChoices {
	readonly templates: readonly TemplateChoice[];
	readonly copies: readonly CopyChoice[];
}

/** What a new scheme can begin with: templates of packs, versions and open drafts, newest first. */
export async function listStartChoices(ctx: Context, actor: Actor): Promise<StartChoices> {
	admitActor(ctx, actor, 'draft.edit');
	const queries = ctx.db.read;
	const [library, published, open] = await Promise.all([
		queries
			.select({
				id: templates.id,
				name: templates.name,
				origin: templates.origin,
				document: templates.document
			})
			.from(templates)
			.where(isNull(templates.retiredAt))
			.orderBy(asc(templates.id)),
		queries
			.select({
				schemeId: versions.schemeId,
				number: versions.number,
				document: versions.document,
				at: versions.publishedAt
			})
			.from(versions)
			.orderBy(asc(versions.schemeId), desc(versions.number)),
		queries
			.select({
				id: drafts.id,
				schemeId: drafts.schemeId,
				document: drafts.document,
				at: drafts.updatedAt
			})
			.from(drafts)
			.where(isNull(drafts.closedAt))
			.orderBy(desc(drafts.updatedAt))
	]);
	return {
		templates: library.map(({ id, name, origin, document }) => ({
			id,
			name,
			pack: origin?.pack ?? null,
			items: document.items.length,
			period: document.period
		})),
		copies: [
			...published.map(({ schemeId, number, document, at }) => ({
				key: `version:${schemeId}/${number}`,
				name: document.name,
				number,
				at
			})),
			...open.map(({ id, schemeId, document, at }) => ({
				key: `draft:${id}`,
				name: nameOf(document['name'], schemeId),
				number: null,
				at
			}))
		]
	};
}

/** A draft is any JSON: its name may be missing. */
function nameOf(name: unknown, fallback: string): LocalText {
	const texts = typeof name === 'object' && name !== null ? (name as Partial<LocalText>) : {};
	const zh = typeof texts['zh-CN'] === 'string' ? texts['zh-CN'] : fallback;
	return { 'zh-CN': zh, en: typeof texts.en === 'string' ? texts.en : zh };
}
