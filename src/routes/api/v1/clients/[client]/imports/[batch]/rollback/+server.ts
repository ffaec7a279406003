import { importRolledBack, rollbackRequest } from '#lib/contract/imports.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { rollBackImport } from '#lib/server/imports/roll-back-import.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { locals, request, params } = event;
	const input = await readBody(request, rollbackRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(
			200,
			importRolledBack,
			await rollBackImport(ctx, actor, { batchId: params.batch, ...input })
		)
	);
};
