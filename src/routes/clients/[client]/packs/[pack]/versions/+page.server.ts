import { comparePackVersions } from '#lib/server/packs/compare-pack-versions.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const from = url.searchParams.get('from');
	const to = url.searchParams.get('to');
	return {
		compared: await comparePackVersions(locals.ctx, locals.actor, {
			pack: params.pack,
			...(from ? { from } : {}),
			...(to ? { to } : {})
		})
	};
};
