import { installPlanBody, planPackRequest } from '#lib/contract/packs.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { planPack } from '#lib/server/packs/plan-pack.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request, params }) => {
	const input = await readBody(request, planPackRequest);
	const { ctx, actor } = locals;
	return respond(200, installPlanBody, await planPack(ctx, actor, { pack: params.pack, ...input }));
};
