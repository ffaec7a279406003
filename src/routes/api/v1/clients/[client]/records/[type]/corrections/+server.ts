import {
	acceptCorrectionRequest,
	correctionAccepted,
	correctionsBody
} from '#lib/contract/records.ts';
import { answerOnce, readBody, respond } from '#lib/server/http/api-route.ts';
import { acceptCorrection } from '#lib/server/records/accept-correction.ts';
import { findCorrections } from '#lib/server/records/find-corrections.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	return respond(200, correctionsBody, await findCorrections(ctx, actor, { type: params.type }));
};

export const POST: RequestHandler = async (event) => {
	const { locals, params, request } = event;
	const input = await readBody(request, acceptCorrectionRequest);
	const { ctx, actor } = locals;
	return answerOnce(event, input, async () =>
		respond(
			201,
			correctionAccepted,
			await acceptCorrection(ctx, actor, { ...input, type: params.type })
		)
	);
};
