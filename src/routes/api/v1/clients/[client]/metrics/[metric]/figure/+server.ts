import { figureBody, figureQuery } from '#lib/contract/records.ts';
import { readQuery, respond } from '#lib/server/http/api-route.ts';
import { getFigure } from '#lib/server/records/get-figure.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { ctx, actor } = locals;
	const asked = readQuery(url, figureQuery);
	return respond(
		200,
		figureBody,
		await getFigure(ctx, actor, { ...asked, metricId: params.metric })
	);
};
