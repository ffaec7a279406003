import { peopleList, peopleQuery } from '#lib/contract/people.ts';
import { readQuery, respond } from '#lib/server/http/api-route.ts';
import { findPeople } from '#lib/server/people/find-people.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url }) => {
	const query = readQuery(url, peopleQuery);
	const { ctx, actor } = locals;
	return respond(
		200,
		peopleList,
		await findPeople(ctx, actor, {
			...(query.search === undefined ? {} : { search: query.search }),
			...(query.unit === undefined ? {} : { unitId: query.unit }),
			...(query.day === undefined ? {} : { day: query.day }),
			...(query.after === undefined ? {} : { after: query.after }),
			...(query.limit === undefined ? {} : { limit: query.limit }),
			includeLeft: query.left === 'true'
		})
	);
};
