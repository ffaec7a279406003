import { importPlan, repairRequest } from '#lib/contract/imports.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { applyRepair } from '#lib/server/imports/apply-repair.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request, params }) => {
	const input = await readBody(request, repairRequest);
	const { ctx, actor } = locals;
	return respond(
		200,
		importPlan,
		await applyRepair(ctx, actor, { batchId: params.batch, ...input })
	);
};
