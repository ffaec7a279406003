import { unitList } from '#lib/contract/people.ts';
import { respond } from '#lib/server/http/api-route.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
	const { ctx, actor } = locals;
	return respond(200, unitList, { units: await getUnits(ctx, actor) });
};
