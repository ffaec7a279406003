import { reviewRequest, targetsReviewed } from '#lib/contract/targets.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { reviewTargets } from '#lib/server/targets/review-targets.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { locals, request, params } = event;
	const input = await readBody(request, reviewRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(
			200,
			targetsReviewed,
			await reviewTargets(ctx, actor, { cycleId: params.cycle, ...input })
		)
	);
};
