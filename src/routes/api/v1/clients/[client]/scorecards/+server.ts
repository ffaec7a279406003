import { scorecardList, scorecardQuery } from '#lib/contract/scorecards.ts';
import { readQuery, respond } from '#lib/server/http/api-route.ts';
import { findScorecards } from '#lib/server/scoring/find-scorecards.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url }) => {
	const query = readQuery(url, scorecardQuery);
	const { ctx, actor } = locals;
	return respond(
		200,
		scorecardList,
		await findScorecards(ctx, actor, {
			...(query.period === undefined ? {} : { period: query.period }),
			...(query.run === undefined ? {} : { runId: query.run }),
			...(query.employee === undefined ? {} : { employeeId: query.employee }),
			...(query.unit === undefined ? {} : { unitId: query.unit }),
			...(query.status === undefined ? {} : { status: query.status }),
			...(query.after === undefined ? {} : { after: query.after }),
			...(query.limit === undefined ? {} : { limit: query.limit })
		})
	);
};
