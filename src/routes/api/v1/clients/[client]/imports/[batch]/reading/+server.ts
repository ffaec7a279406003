import { importBatch, readingRequest } from '#lib/contract/imports.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { rereadImport } from '#lib/server/imports/stage-import.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async ({ locals, request, params }) => {
	const read = await readBody(request, readingRequest);
	const { ctx, actor } = locals;
	return respond(200, importBatch, await rereadImport(ctx, actor, { batchId: params.batch, read }));
};
