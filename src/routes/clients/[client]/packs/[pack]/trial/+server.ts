import { trialRequest } from '#lib/contract/pack-answers.ts';
import { readBody } from '#lib/server/http/api-route.ts';
import { streamAnswer } from '#lib/server/http/stream-answer.ts';
import { trialReplay, type TrialProgress } from '#lib/server/packs/trial-replay.ts';
import type { RequestHandler } from './$types.js';

/** Replays a scheme of the pack before anything is installed, and tells how far it is. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const { version, ...input } = await readBody(request, trialRequest);
	return streamAnswer<TrialProgress>(request, async (tools) => {
		const { scheme, baseline, range, verdict, report } = await trialReplay(
			locals.ctx,
			locals.actor,
			{ pack: params.pack, ...input, ...tools, ...(version === undefined ? {} : { version }) }
		);
		const { coverage, distribution, summary } = report;
		return { scheme, baseline, range, verdict, coverage, distribution, summary };
	});
};
