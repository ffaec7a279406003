import { json } from '@sveltejs/kit';
import { PACK_PART_KINDS } from '#lib/packs/plan-install.ts';
import { describePart } from '#lib/server/packs/describe-part.ts';
import type { RequestHandler } from './$types.js';

/** One part of a pack, for a row of the plan that was opened. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const kind = PACK_PART_KINDS.find((known) => known === url.searchParams.get('kind')) ?? 'metric';
	const version = url.searchParams.get('version');
	const part = await describePart(locals.ctx, locals.actor, {
		pack: params.pack,
		...(version ? { version } : {}),
		kind,
		id: url.searchParams.get('id') ?? ''
	});
	return json({ ...part, dictionary: [...part.dictionary] });
};
