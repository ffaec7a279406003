import { metricBody, metricRetired, retireMetricRequest } from '#lib/contract/metrics.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { getMetric } from '#lib/server/metrics/find-metrics.ts';
import { retireMetric } from '#lib/server/metrics/retire-metric.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	return respond(200, metricBody, await getMetric(ctx, actor, { metricId: params.metric }));
};

export const DELETE: RequestHandler = async ({ locals, params, request }) => {
	const { ctx, actor } = locals;
	const { revision } = await readBody(request, retireMetricRequest);
	return respond(
		200,
		metricRetired,
		await retireMetric(ctx, actor, { metricId: params.metric, revision })
	);
};
