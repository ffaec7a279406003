import { importBatch, importList, uploadForm } from '#lib/contract/imports.ts';
import { readForm, respond } from '#lib/server/http/api-route.ts';
import { findImports } from '#lib/server/imports/get-import.ts';
import { beginImport } from '#lib/server/imports/stage-import.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
	const { ctx, actor } = locals;
	return respond(200, importList, { imports: await findImports(ctx, actor) });
};

export const POST: RequestHandler = async ({ locals, request }) => {
	const form = await readForm(request, uploadForm);
	const { kind, file, encoding, delimiter, shape, header_line, record_type } = form;
	const { ctx, actor } = locals;
	const batch = await beginImport(ctx, actor, {
		kind,
		fileName: file instanceof File ? file.name : 'upload.csv',
		bytes: new Uint8Array(await file.arrayBuffer()),
		...(record_type === undefined ? {} : { recordType: record_type }),
		read: {
			...(encoding === undefined ? {} : { encoding }),
			...(delimiter === undefined ? {} : { delimiter }),
			...(shape === undefined ? {} : { shape }),
			...(header_line === undefined ? {} : { headerLine: header_line })
		}
	});
	return respond(201, importBatch, batch);
};
