import { rejectedRows } from '#lib/contract/imports.ts';
import { respond } from '#lib/server/http/api-route.ts';
import { findRejectedRows } from '#lib/server/imports/get-import.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	return respond(200, rejectedRows, {
		rows: await findRejectedRows(ctx, actor, { batchId: params.batch })
	});
};
