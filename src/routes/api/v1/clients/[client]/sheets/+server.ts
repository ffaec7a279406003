import { sheetForm, sheetsBody } from '#lib/contract/imports.ts';
import { readForm, respond } from '#lib/server/http/api-route.ts';
import { readSheets } from '#lib/server/imports/read-sheets.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request }) => {
	const { file } = await readForm(request, sheetForm);
	const { ctx, actor } = locals;
	const bytes = new Uint8Array(await file.arrayBuffer());
	return respond(200, sheetsBody, { sheets: await readSheets(ctx, actor, { bytes }) });
};
