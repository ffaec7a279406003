import {
	recordList,
	recordsQuery,
	recordsReceived,
	recordsRequest
} from '#lib/contract/records.ts';
import { answerOnce, readBody, readQuery, respond } from '#lib/server/http/api-route.ts';
import { findRecords } from '#lib/server/records/find-records.ts';
import { receiveRecords } from '#lib/server/records/receive-records.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { ctx, actor } = locals;
	const filter = readQuery(url, recordsQuery);
	return respond(
		200,
		recordList,
		await findRecords(ctx, actor, { ...given(filter), type: params.type })
	);
};

export const POST: RequestHandler = async (event) => {
	const { locals, params, request } = event;
	const input = await readBody(request, recordsRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(200, recordsReceived, await receiveRecords(ctx, actor, { ...input, type: params.type }))
	);
};

/** Only what was asked for: an absent filter is no filter. */
function given<T extends object>(filter: T): { [K in keyof T]: Exclude<T[K], undefined> } {
	return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as {
		[K in keyof T]: Exclude<T[K], undefined>;
	};
}
