import { toSource } from './to-source.server.ts';
import { createDraftRequest, draftCreated } from '#lib/contract/drafts.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { createDraft } from '#lib/server/schemes/create-draft.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { locals, request } = event;
	const input = await readBody(request, createDraftRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(201, draftCreated, await createDraft(ctx, actor, toSource(input)))
	);
};
