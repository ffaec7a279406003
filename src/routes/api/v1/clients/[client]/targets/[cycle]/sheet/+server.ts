import { sheetBody, sheetQuery } from '#lib/contract/targets.ts';
import { readQuery, respond } from '#lib/server/http/api-route.ts';
import { getTargetSheet } from '#lib/server/targets/target-sheet.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url, params }) => {
	const query = readQuery(url, sheetQuery);
	const { ctx, actor } = locals;
	return respond(
		200,
		sheetBody,
		await getTargetSheet(ctx, actor, {
			cycleId: params.cycle,
			...(query.unit === undefined ? {} : { unitId: query.unit }),
			...(query.employee === undefined ? {} : { employeeId: query.employee })
		})
	);
};
