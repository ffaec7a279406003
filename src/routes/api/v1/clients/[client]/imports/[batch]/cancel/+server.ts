import { done } from '#lib/contract/drafts.ts';
import { respond } from '#lib/server/http/api-route.ts';
import { cancelImport } from '#lib/server/imports/cancel-import.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	await cancelImport(ctx, actor, { batchId: params.batch });
	return respond(200, done, { done: true });
};
