import { mergeRequest, mergeBody } from '#lib/contract/checks.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { mergeSides } from '#lib/server/schemes/compare-schemes.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request }) => {
	const input = await readBody(request, mergeRequest);
	const { ctx, actor } = locals;
	return respond(200, mergeBody, await mergeSides(ctx, actor, input));
};
