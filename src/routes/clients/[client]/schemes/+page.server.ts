import { asc, isNull } from 'drizzle-orm';
import { redirect } from '@sveltejs/kit';
import { PERIOD_LENGTHS } from '#lib/engine/scheme/document.ts';
import { findUserNames } from '#lib/server/auth/memberships.ts';
import { templates } from '#lib/server/db/client/schema.ts';
import { createDraft, type DraftSource } from '#lib/server/schemes/create-draft.ts';
import { listSchemes, listWaitingSubmissions } from '#lib/server/schemes/find-schemes.ts';
import { answer, textOf } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => {
	const { ctx, actor } = locals;
	const [schemes, waiting, names, library] = await Promise.all([
		listSchemes(ctx, actor),
		listWaitingSubmissions(ctx, actor),
		findUserNames(locals.control),
		ctx.db.read
			.select({ id: templates.id, name: templates.name, origin: templates.origin })
			.from(templates)
			.where(isNull(templates.retiredAt))
			.orderBy(asc(templates.id))
	]);
	return {
		schemes: schemes.map((scheme) => ({
			...scheme,
			drafts: scheme.drafts.map((draft) => ({
				...draft,
				by: names.get(draft.updatedBy) ?? draft.updatedBy
			}))
		})),
		waiting: waiting.map(({ id, draftId, submittedAt, submittedBy }) => ({
			id,
			draftId,
			submittedAt,
			by: names.get(submittedBy) ?? submittedBy
		})),
		templates: library
	};
};

/** `template:<id>`, `version:<scheme>/<number>` or `blank`. */
function sourceOf(data: FormData): DraftSource {
	const from = textOf(data, 'from');
	const template = /^template:(.+)$/.exec(from)?.[1];
	if (template) return { kind: 'template', templateId: template };
	const version = /^version:(.+)\/(\d+)$/.exec(from);
	if (version) {
		return { kind: 'version', schemeId: version[1] ?? '', number: Number(version[2]) };
	}
	const name = textOf(data, 'name');
	const period = PERIOD_LENGTHS.find((length) => length === textOf(data, 'period')) ?? 'month';
	return { kind: 'blank', schemeId: textOf(data, 'id'), name: { 'zh-CN': name, en: name }, period };
}

export const actions: Actions = {
	create: async ({ locals, params, request }) => {
		const data = await request.formData();
		const result = await answer(
			async () => ({ draft: await createDraft(locals.ctx, locals.actor, sourceOf(data)) }),
			{ id: textOf(data, 'id'), name: textOf(data, 'name') }
		);
		if (!('draft' in result)) return result;
		redirect(303, `/clients/${params.client}/drafts/${result.draft.id}`);
	}
};
