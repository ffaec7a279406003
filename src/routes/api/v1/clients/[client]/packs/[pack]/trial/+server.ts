import { trialReplayed, trialReplayRequest } from '#lib/contract/packs.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { trialReplay } from '#lib/server/packs/trial-replay.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request, params }) => {
	const input = await readBody(request, trialReplayRequest);
	const { ctx, actor } = locals;
	return respond(
		200,
		trialReplayed,
		await trialReplay(ctx, actor, { pack: params.pack, ...input, signal: request.signal })
	);
};
