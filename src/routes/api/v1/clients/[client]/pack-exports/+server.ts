import { exportPackRequest, packExported } from '#lib/contract/packs.ts';
import { readBody, respond } from '#lib/server/http/api-route.ts';
import { exportPack } from '#lib/server/packs/export-pack.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request }) => {
	const input = await readBody(request, exportPackRequest);
	const { ctx, actor } = locals;
	const made = await exportPack(ctx, actor, input);
	return respond(201, packExported, {
		fileName: made.fileName,
		hash: made.hash,
		archive: Buffer.from(made.archive).toString('base64'),
		files: [...made.files.keys()].sort(),
		tests: made.tests.passed
	});
};
