import { proposalsSaved, proposeRequest } from '#lib/contract/targets.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { saveProposals } from '#lib/server/targets/save-proposals.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async ({ locals, request, params }) => {
	const input = await readBody(request, proposeRequest);
	const { ctx, actor } = locals;
	return respond(200, proposalsSaved, {
		proposals: await saveProposals(ctx, actor, { cycleId: params.cycle, ...input })
	});
};
