import { draftBody, draftSaved, saveDraftRequest } from '#lib/contract/drafts.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { getDraft } from '#lib/server/schemes/find-schemes.ts';
import { saveDraft } from '#lib/server/schemes/save-draft.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	return respond(200, draftBody, await getDraft(ctx, actor, params.draft));
};

export const PUT: RequestHandler = async ({ locals, request, params }) => {
	const input = await readBody(request, saveDraftRequest);
	const { ctx, actor } = locals;
	return respond(200, draftSaved, await saveDraft(ctx, actor, { draftId: params.draft, ...input }));
};
