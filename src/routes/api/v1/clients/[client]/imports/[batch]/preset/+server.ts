import { done } from '#lib/contract/drafts.ts';
import { presetRequest } from '#lib/contract/imports.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { savePreset } from '#lib/server/imports/save-preset.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async ({ locals, request, params }) => {
	const input = await readBody(request, presetRequest);
	const { ctx, actor } = locals;
	await savePreset(ctx, actor, { batchId: params.batch, ...input });
	return respond(200, done, { done: true });
};
