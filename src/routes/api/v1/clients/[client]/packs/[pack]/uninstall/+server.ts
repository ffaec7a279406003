import { uninstallPackRequest, uninstallPlanBody } from '#lib/contract/packs.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { planUninstall } from '#lib/server/packs/plan-uninstall.ts';
import { uninstallPack } from '#lib/server/packs/uninstall-pack.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	return respond(200, uninstallPlanBody, await planUninstall(ctx, actor, { pack: params.pack }));
};

export const POST: RequestHandler = async (event) => {
	const { locals, request, params } = event;
	const input = await readBody(request, uninstallPackRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(
			200,
			uninstallPlanBody,
			await uninstallPack(ctx, actor, { pack: params.pack, ...input })
		)
	);
};
