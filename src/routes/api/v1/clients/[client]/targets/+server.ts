import { cycleList, cycleOpened, openCycleRequest } from '#lib/contract/targets.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { findCycles } from '#lib/server/targets/find-cycles.ts';
import { openCycle } from '#lib/server/targets/open-cycle.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
	const { ctx, actor } = locals;
	return respond(200, cycleList, { cycles: await findCycles(ctx, actor) });
};

export const POST: RequestHandler = async (event) => {
	const { locals, request } = event;
	const input = await readBody(request, openCycleRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(201, cycleOpened, await openCycle(ctx, actor, input))
	);
};
