import { peopleRequest, rowsReceived } from '#lib/contract/rows.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { receiveRows } from '#lib/server/imports/receive-rows.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const input = await readBody(event.request, peopleRequest);
	const { ctx, actor } = event.locals;
	return answerOnce(event, input, async () =>
		respond(200, rowsReceived, await receiveRows(ctx, actor, { kind: 'people', ...input }))
	);
};
