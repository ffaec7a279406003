import { attendanceBody, attendRequest } from '#lib/contract/drafts.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { attendDraft } from '#lib/server/schemes/attend-draft.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request, params }) => {
	const input = await readBody(request, attendRequest);
	const { ctx, actor } = locals;
	return respond(
		200,
		attendanceBody,
		await attendDraft(ctx, actor, { draftId: params.draft, ...input })
	);
};
