import { similarMetrics, similarRequest } from '#lib/contract/metrics.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { findSimilar } from '#lib/server/metrics/find-similar.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request }) => {
	const input = await readBody(request, similarRequest);
	const { ctx, actor } = locals;
	return respond(200, similarMetrics, { metrics: await findSimilar(ctx, actor, input) });
};
