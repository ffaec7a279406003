import { previewBody, previewRequest } from '#lib/contract/drafts.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { livePreview } from '#lib/server/replays/live-preview.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request, params }) => {
	const input = await readBody(request, previewRequest);
	const { ctx, actor } = locals;
	return respond(
		200,
		previewBody,
		await livePreview(ctx, actor, { draftId: params.draft, ...input })
	);
};
