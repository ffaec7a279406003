import { done } from '#lib/contract/drafts.ts';
import { importBatch } from '#lib/contract/imports.ts';
import { respond } from '#lib/server/http/api-route.ts';
import { getImport } from '#lib/server/imports/get-import.ts';
import { discardImport } from '#lib/server/imports/roll-back-import.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	return respond(200, importBatch, await getImport(ctx, actor, { batchId: params.batch }));
};

export const DELETE: RequestHandler = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	await discardImport(ctx, actor, { batchId: params.batch });
	return respond(200, done, { done: true });
};
