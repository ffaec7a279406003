import { importBatch, importList, uploadForm } from '#lib/contract/imports.ts';
import { readForm, respond } from '#lib/server/http/api-route.ts';
import { findImports } from '#lib/server/imports/get-import.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
	const { ctx, actor } = locals;
	return respond(200, importList, { imports: await findImports(ctx, actor) });
};

export const POST: RequestHandler = async ({ locals, request }) => {
	const { kind, file, encoding, delimiter, header_line } = await readForm(request, uploadForm);
	const { ctx, actor } = locals;
	const batch = await stageImport(ctx, actor, {
		kind,
		fileName: file instanceof File ? file.name : 'upload.csv',
		bytes: new Uint8Array(await file.arrayBuffer()),
		read: {
			...(encoding === undefined ? {} : { encoding }),
			...(delimiter === undefined ? {} : { delimiter }),
			...(header_line === undefined ? {} : { headerLine: header_line })
		}
	});
	return respond(201, importBatch, batch);
};
