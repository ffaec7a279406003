import { done } from '#lib/contract/drafts.ts';
import { answerOnce, respond } from '#lib/server/http/api-route.ts';
import { releaseScorecards } from '#lib/server/scoring/run-scoring.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { locals, params } = event;
	const { ctx, actor } = locals;
	return answerOnce(event, null, async () => {
		await releaseScorecards(ctx, actor, { runId: params.run });
		return respond(200, done, { done: true });
	});
};
