import { isNull } from 'drizzle-orm';
import { findUserNames } from '#lib/server/auth/memberships.ts';
import { templates } from '#lib/server/db/client/schema.ts';
import { listSchemes, listWaitingSubmissions } from '#lib/server/schemes/find-schemes.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => {
	const { ctx, actor } = locals;
	const [schemes, waiting, names, library] = await Promise.all([
		listSchemes(ctx, actor),
		listWaitingSubmissions(ctx, actor),
		findUserNames(locals.control),
		ctx.db.read
			.select({ id: templates.id })
			.from(templates)
			.where(isNull(templates.retiredAt))
			.limit(1)
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
		hasTemplates: library.length > 0
	};
};
