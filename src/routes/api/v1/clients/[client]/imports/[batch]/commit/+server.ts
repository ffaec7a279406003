import { commitRequest, importCommitted } from '#lib/contract/imports.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { locals, request, params } = event;
	const input = await readBody(request, commitRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(
			200,
			importCommitted,
			await commitImport(ctx, actor, { batchId: params.batch, ...input })
		)
	);
};
