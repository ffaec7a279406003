import { metricList, metricSaved, saveMetricRequest } from '#lib/contract/metrics.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { findMetrics } from '#lib/server/metrics/find-metrics.ts';
import { saveMetric } from '#lib/server/metrics/save-metric.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
	const { ctx, actor } = locals;
	return respond(200, metricList, { metrics: await findMetrics(ctx, actor) });
};

export const POST: RequestHandler = async (event) => {
	const { locals, request } = event;
	const input = await readBody(request, saveMetricRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(201, metricSaved, await saveMetric(ctx, actor, input))
	);
};
