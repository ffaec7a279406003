import { findPeople } from '#lib/server/people/find-people.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { ctx, actor } = locals;
	const search = url.searchParams.get('q') ?? '';
	const unitId = url.searchParams.get('unit') ?? '';
	const after = url.searchParams.get('after');
	const includeLeft = url.searchParams.has('left');
	const [found, units] = await Promise.all([
		findPeople(ctx, actor, {
			search,
			includeLeft,
			limit: 500,
			...(unitId ? { unitId } : {}),
			...(after ? { after } : {})
		}),
		getUnits(ctx, actor)
	]);
	return { found, units, search, unitId, includeLeft };
};
