import { mappingPreview, previewRequest } from '#lib/contract/imports.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { previewMapping } from '#lib/server/imports/preview-mapping.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request, params }) => {
	const input = await readBody(request, previewRequest);
	const { ctx, actor } = locals;
	return respond(
		200,
		mappingPreview,
		await previewMapping(ctx, actor, { batchId: params.batch, ...input })
	);
};
