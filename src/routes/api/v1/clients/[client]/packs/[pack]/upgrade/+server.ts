import { packUpgraded, upgradePackRequest } from '#lib/contract/packs.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { upgradePack } from '#lib/server/packs/upgrade-pack.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { locals, request, params } = event;
	const input = await readBody(request, upgradePackRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(200, packUpgraded, await upgradePack(ctx, actor, { pack: params.pack, ...input }))
	);
};
