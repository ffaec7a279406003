import { json } from '@sveltejs/kit';
import { trialRequest } from '#lib/contract/pack-answers.ts';
import { readBody } from '#lib/server/http/api-route.ts';
import { trialReplay } from '#lib/server/packs/trial-replay.ts';
import type { RequestHandler } from './$types.js';

/** Replays a scheme of the pack before anything is installed. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const { version, ...input } = await readBody(request, trialRequest);
	const { scheme, baseline, range, verdict, report } = await trialReplay(locals.ctx, locals.actor, {
		pack: params.pack,
		...input,
		signal: request.signal,
		...(version === undefined ? {} : { version })
	});
	const { coverage, distribution, summary } = report;
	return json({ scheme, baseline, range, verdict, coverage, distribution, summary });
};
