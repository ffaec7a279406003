import { decisionRequest, done } from '#lib/contract/drafts.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { decideSubmission } from '#lib/server/schemes/decide-submission.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { locals, request, params } = event;
	const input = await readBody(request, decisionRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () => {
		await decideSubmission(ctx, actor, { submissionId: params.submission, ...input });
		return respond(200, done, { done: true });
	});
};
