import { cycleBody } from '#lib/contract/targets.ts';
import { respond } from '#lib/server/http/api-route.ts';
import { getCycle } from '#lib/server/targets/find-cycles.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	return respond(200, cycleBody, await getCycle(ctx, actor, { cycleId: params.cycle }));
};
