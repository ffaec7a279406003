import { listAvailablePacks } from '#lib/server/packs/list-packs.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => ({
	packs: await listAvailablePacks(locals.ctx, locals.actor)
});
