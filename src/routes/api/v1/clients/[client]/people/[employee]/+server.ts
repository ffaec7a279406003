import { personBody, personQuery } from '#lib/contract/people.ts';
import { readQuery, respond } from '#lib/server/http/api-route.ts';
import { getPerson, historyOfEmployee } from '#lib/server/people/get-person.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url, params }) => {
	const query = readQuery(url, personQuery);
	const { ctx, actor } = locals;
	return respond(200, personBody, {
		...(await getPerson(ctx, actor, { employeeId: params.employee, ...query })),
		history: await historyOfEmployee(ctx, actor, { employeeId: params.employee })
	});
};
