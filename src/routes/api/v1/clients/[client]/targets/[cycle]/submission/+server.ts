import { targetsSubmitted } from '#lib/contract/targets.ts';
import { answerOnce, respond } from '#lib/server/http/api-route.ts';
import { submitTargets } from '#lib/server/targets/save-proposals.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { locals, params } = event;
	const { ctx, actor } = locals;
	return answerOnce(event, null, async () =>
		respond(200, targetsSubmitted, await submitTargets(ctx, actor, { cycleId: params.cycle }))
	);
};
