import { conditionHitsBody, conditionHitsRequest } from '#lib/contract/conditions.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { conditionHits } from '#lib/server/replays/condition-hits.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request }) => {
	const input = await readBody(request, conditionHitsRequest);
	const { ctx, actor } = locals;
	return respond(200, conditionHitsBody, await conditionHits(ctx, actor, input, request.signal));
};
