import { findRejectedTable } from '#lib/server/imports/get-import.ts';
import { csvText } from '#lib/ui/csv.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const { ctx, actor, locale } = locals;
	const table = await findRejectedTable(ctx, actor, { batchId: params.batch, locale });
	const name = encodeURIComponent(table.fileName);
	return new Response(csvText(table.header, table.rows), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="rejected.csv"; filename*=UTF-8''${name}`
		}
	});
};
