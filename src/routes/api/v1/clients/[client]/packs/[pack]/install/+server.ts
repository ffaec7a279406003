import { packInstalled, installPackRequest } from '#lib/contract/packs.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { installPack } from '#lib/server/packs/install-pack.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { locals, request, params } = event;
	const input = await readBody(request, installPackRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(200, packInstalled, await installPack(ctx, actor, { pack: params.pack, ...input }))
	);
};
