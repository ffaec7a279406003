import { redirect } from '@sveltejs/kit';
import { requirePermission } from '#lib/server/auth/permissions.ts';
import { getHandOver } from '#lib/server/hand-over/get-hand-over.ts';
import { startFirstReplay } from '#lib/server/hand-over/start-first-replay.ts';
import { cancelReplay, getReplay } from '#lib/server/replays/get-replay.ts';
import { answer, textOf } from '../../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
	depends('hand-over:replay');
	const { ctx, actor } = locals;
	requirePermission(actor, 'replay.run');
	const state = await getHandOver(ctx, actor);
	const shown = url.searchParams.get('replay') ?? state.replay?.id;
	return {
		state,
		replay: shown ? await getReplay(ctx, actor, { replayId: shown }) : null
	};
};

export const actions: Actions = {
	start: async ({ locals, params, request }) => {
		const data = await request.formData();
		const template = textOf(data, 'scheme');
		const result = await answer(
			async () => startFirstReplay(locals.ctx, locals.actor, { template }),
			{
				template
			}
		);
		if (!('jobId' in result)) return result;
		redirect(303, `/clients/${params.client}/hand-over/replay?replay=${result.id}`);
	},
	cancel: async ({ locals, request }) => {
		const data = await request.formData();
		return answer(async () => {
			await cancelReplay(locals.ctx, locals.actor, { replayId: textOf(data, 'replay') });
			return { cancelled: true };
		});
	}
};
