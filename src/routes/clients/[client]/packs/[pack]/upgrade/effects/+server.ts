import { json } from '@sveltejs/kit';
import { effectsRequest } from '#lib/contract/pack-answers.ts';
import { readBody } from '#lib/server/http/api-route.ts';
import { planUpgrade } from '#lib/server/packs/plan-upgrade.ts';
import type { RequestHandler } from './$types.js';

/** What each choice of each conflict does to scores; takes seconds, so the page asks for it apart. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const { version } = await readBody(request, effectsRequest);
	const { effects, range } = await planUpgrade(locals.ctx, locals.actor, {
		pack: params.pack,
		...(version === undefined ? {} : { version }),
		effects: true
	});
	return json({ effects, range });
};
