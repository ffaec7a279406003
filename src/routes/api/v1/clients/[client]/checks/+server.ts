import { checkRequest, checkBody } from '#lib/contract/checks.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { checkScheme } from '#lib/server/schemes/check-scheme.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request }) => {
	const input = await readBody(request, checkRequest);
	const { ctx, actor } = locals;
	return respond(200, checkBody, await checkScheme(ctx, actor, input));
};
