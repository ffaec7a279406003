import { done } from '#lib/contract/drafts.ts';
import { answerOnce, respond } from '#lib/server/http/api-route.ts';
import { cancelReplay } from '#lib/server/replays/get-replay.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { locals, params } = event;
	const { ctx, actor } = locals;
	return answerOnce(event, null, async () => {
		await cancelReplay(ctx, actor, { replayId: params.replay });
		return respond(202, done, { done: true });
	});
};
