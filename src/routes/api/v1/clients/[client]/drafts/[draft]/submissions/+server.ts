import { submissionCreated, submitRequest } from '#lib/contract/drafts.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { submitDraft } from '#lib/server/schemes/submit-draft.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { locals, request, params } = event;
	const input = await readBody(request, submitRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(
			201,
			submissionCreated,
			await submitDraft(ctx, actor, { draftId: params.draft, ...input })
		)
	);
};
