import { redirect } from '@sveltejs/kit';
import { clientDictionary } from '#lib/server/metrics/client-dictionary.ts';
import { findUserNames } from '#lib/server/auth/memberships.ts';
import { createDraft } from '#lib/server/schemes/create-draft.ts';
import { getVersion, listVersions } from '#lib/server/versions/find-versions.ts';
import { answer } from '../../../../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	const input = { schemeId: params.scheme, number: Number(params.number) };
	const [version, versions, names, dictionary] = await Promise.all([
		getVersion(ctx, actor, input),
		listVersions(ctx, actor, params.scheme),
		findUserNames(locals.control),
		clientDictionary(ctx.db.read)
	]);
	const nameOf = (id: string) => names.get(id) ?? id;
	return {
		version: {
			...version,
			submittedByName: nameOf(version.submittedBy),
			approvedByName: nameOf(version.approvedBy),
			publishedByName: nameOf(version.publishedBy)
		},
		versions: versions.map(({ number, effectiveFrom, publishedAt }) => ({
			number,
			effectiveFrom,
			publishedAt
		})),
		dictionary
	};
};

export const actions: Actions = {
	draft: async ({ locals, params }) => {
		const result = await answer(async () => ({
			draft: await createDraft(locals.ctx, locals.actor, {
				kind: 'version',
				schemeId: params.scheme,
				number: Number(params.number)
			})
		}));
		if (!('draft' in result)) return result;
		redirect(303, `/clients/${params.client}/drafts/${result.draft.id}`);
	}
};
