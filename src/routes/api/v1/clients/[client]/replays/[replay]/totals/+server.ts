import { totalsBody } from '#lib/contract/checks.ts';
import { respond } from '#lib/server/http/api-route.ts';
import { attributeReplay } from '#lib/server/replays/attribute-replay.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	return respond(200, totalsBody, await attributeReplay(ctx, actor, { replayId: params.replay }));
};
