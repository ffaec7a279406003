import { columnValues, valuesRequest } from '#lib/contract/imports.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { findColumnValues } from '#lib/server/imports/find-values.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request, params }) => {
	const input = await readBody(request, valuesRequest);
	const { ctx, actor } = locals;
	return respond(
		200,
		columnValues,
		await findColumnValues(ctx, actor, { batchId: params.batch, ...input })
	);
};
