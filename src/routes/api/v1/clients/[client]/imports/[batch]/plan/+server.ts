import { importPlan, planRequest } from '#lib/contract/imports.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async ({ locals, request, params }) => {
	const input = await readBody(request, planRequest);
	const { ctx, actor } = locals;
	return respond(
		200,
		importPlan,
		await planImport(ctx, actor, { batchId: params.batch, ...input })
	);
};
