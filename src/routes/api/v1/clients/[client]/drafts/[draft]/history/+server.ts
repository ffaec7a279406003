import { historyBody, historyQuery } from '#lib/contract/curves.ts';
import { readQuery, respond } from '#lib/server/http/api-route.ts';
import { readMetricHistory } from '#lib/server/metrics/metric-history.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { ctx, actor } = locals;
	const query = readQuery(url, historyQuery);
	return respond(
		200,
		historyBody,
		await readMetricHistory(ctx, actor, { draftId: params.draft, ...query })
	);
};
