import { publishRequest, versionPublished } from '#lib/contract/drafts.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { publishVersion } from '#lib/server/versions/publish-version.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { locals, request, params } = event;
	const input = await readBody(request, publishRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(
			201,
			versionPublished,
			await publishVersion(ctx, actor, { submissionId: params.submission, ...input })
		)
	);
};
