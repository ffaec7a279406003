import { populationBody, populationRequest } from '#lib/contract/preview.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { previewPopulation } from '#lib/server/replays/preview-population.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request, params }) => {
	const input = await readBody(request, populationRequest);
	const { ctx, actor } = locals;
	return respond(
		200,
		populationBody,
		await previewPopulation(ctx, actor, { draftId: params.draft, ...input })
	);
};
