import { runList, runScoringRequest, runStarted } from '#lib/contract/scorecards.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { findRuns } from '#lib/server/scoring/find-scorecards.ts';
import { runScoring } from '#lib/server/scoring/run-scoring.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
	const { ctx, actor } = locals;
	return respond(200, runList, { runs: await findRuns(ctx, actor) });
};

export const POST: RequestHandler = async (event) => {
	const { locals, request } = event;
	const input = await readBody(request, runScoringRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(202, runStarted, await runScoring(ctx, actor, input))
	);
};
