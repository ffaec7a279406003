import { differenceRequest, differenceBody } from '#lib/contract/checks.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { compareSchemes } from '#lib/server/schemes/compare-schemes.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request }) => {
	const input = await readBody(request, differenceRequest);
	const { ctx, actor } = locals;
	return respond(200, differenceBody, await compareSchemes(ctx, actor, input));
};
