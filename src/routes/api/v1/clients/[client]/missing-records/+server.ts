import {
	expectationSaved,
	missingRecordsBody,
	saveExpectationRequest
} from '#lib/contract/records.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { saveExpectation } from '#lib/server/records/expectations.ts';
import { findMissingRecords } from '#lib/server/records/find-missing-records.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
	const { ctx, actor } = locals;
	return respond(200, missingRecordsBody, { expectations: await findMissingRecords(ctx, actor) });
};

export const POST: RequestHandler = async (event) => {
	const { locals, request } = event;
	const input = await readBody(request, saveExpectationRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(201, expectationSaved, await saveExpectation(ctx, actor, input))
	);
};
