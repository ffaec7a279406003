import { schemeList } from '#lib/contract/drafts.ts';
import { respond } from '#lib/server/http/api-route.ts';
import { listSchemes } from '#lib/server/schemes/find-schemes.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
	const { ctx, actor } = locals;
	return respond(200, schemeList, { schemes: await listSchemes(ctx, actor) });
};
