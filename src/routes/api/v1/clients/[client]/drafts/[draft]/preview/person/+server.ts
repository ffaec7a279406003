import { previewPersonBody, previewPersonQuery } from '#lib/contract/preview.ts';
import { readQuery, respond } from '#lib/server/http/api-route.ts';
import { previewPerson } from '#lib/server/replays/preview-person.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url, params }) => {
	const { ctx, actor } = locals;
	const input = readQuery(url, previewPersonQuery);
	return respond(
		200,
		previewPersonBody,
		await previewPerson(ctx, actor, { draftId: params.draft, ...input })
	);
};
