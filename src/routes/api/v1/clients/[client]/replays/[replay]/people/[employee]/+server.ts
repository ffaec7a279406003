import { personReplayBody, personReplayQuery } from '#lib/contract/replays.ts';
import { readQuery, respond } from '#lib/server/http/api-route.ts';
import { personReplay } from '#lib/server/replays/person-replay.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url, params }) => {
	const query = readQuery(url, personReplayQuery);
	const { ctx, actor } = locals;
	return respond(
		200,
		personReplayBody,
		await personReplay(ctx, actor, {
			replayId: params.replay,
			employeeId: params.employee,
			...query
		})
	);
};
