import { previewPeopleBody, previewPeopleQuery } from '#lib/contract/preview.ts';
import { readQuery, respond } from '#lib/server/http/api-route.ts';
import { findPreviewPeople } from '#lib/server/replays/preview-person.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url, params }) => {
	const { ctx, actor } = locals;
	const input = readQuery(url, previewPeopleQuery);
	return respond(
		200,
		previewPeopleBody,
		await findPreviewPeople(ctx, actor, { draftId: params.draft, ...input })
	);
};
