import { scorecardBody } from '#lib/contract/scorecards.ts';
import { respond } from '#lib/server/http/api-route.ts';
import { getScorecard } from '#lib/server/scoring/get-scorecard.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	return respond(
		200,
		scorecardBody,
		await getScorecard(ctx, actor, { scorecardId: params.scorecard })
	);
};
