import { replayList, replayStarted, startReplayRequest } from '#lib/contract/replays.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { findReplays } from '#lib/server/replays/get-replay.ts';
import { startReplay } from '#lib/server/replays/start-replay.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	return respond(200, replayList, {
		replays: await findReplays(ctx, actor, { draftId: params.draft })
	});
};

export const POST: RequestHandler = async (event) => {
	const { locals, request, params } = event;
	const input = await readBody(request, startReplayRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(202, replayStarted, await startReplay(ctx, actor, { draftId: params.draft, ...input }))
	);
};
