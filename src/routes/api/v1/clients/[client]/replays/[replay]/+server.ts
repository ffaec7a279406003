import { replayBody } from '#lib/contract/replays.ts';
import { respond } from '#lib/server/http/api-route.ts';
import { getReplay } from '#lib/server/replays/get-replay.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	return respond(200, replayBody, await getReplay(ctx, actor, { replayId: params.replay }));
};
