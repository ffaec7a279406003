import { recordTypeList, recordTypeSaved, saveRecordTypeRequest } from '#lib/contract/records.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { findRecordTypes } from '#lib/server/records/find-records.ts';
import { saveRecordType } from '#lib/server/records/save-record-type.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
	const { ctx, actor } = locals;
	return respond(200, recordTypeList, { types: await findRecordTypes(ctx, actor) });
};

export const POST: RequestHandler = async (event) => {
	const { locals, request } = event;
	const input = await readBody(request, saveRecordTypeRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(201, recordTypeSaved, await saveRecordType(ctx, actor, input))
	);
};
