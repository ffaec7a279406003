import { upgradePlanBody, planUpgradeRequest } from '#lib/contract/packs.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { planUpgrade } from '#lib/server/packs/plan-upgrade.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request, params }) => {
	const input = await readBody(request, planUpgradeRequest);
	const { ctx, actor } = locals;
	return respond(
		200,
		upgradePlanBody,
		await planUpgrade(ctx, actor, { pack: params.pack, ...input })
	);
};
