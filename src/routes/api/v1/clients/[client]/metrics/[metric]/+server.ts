import { metricBody } from '#lib/contract/metrics.ts';
import { respond } from '#lib/server/http/api-route.ts';
import { getMetric } from '#lib/server/metrics/find-metrics.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	return respond(200, metricBody, await getMetric(ctx, actor, { metricId: params.metric }));
};
