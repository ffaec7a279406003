import { personMonthBody, personMonthQuery } from '#lib/contract/golden.ts';
import { readQuery, respond } from '#lib/server/http/api-route.ts';
import { readPersonMonth } from '#lib/server/schemes/person-month.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { ctx, actor } = locals;
	const { employee, period } = readQuery(url, personMonthQuery);
	return respond(
		200,
		personMonthBody,
		await readPersonMonth(ctx, actor, {
			draftId: params.draft,
			employeeId: employee,
			...(period === undefined ? {} : { period })
		})
	);
};
