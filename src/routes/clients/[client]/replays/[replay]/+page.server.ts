import { redirect } from '@sveltejs/kit';
import { hasPermission } from '#lib/server/auth/permissions.ts';
import { cancelReplay, getReplay } from '#lib/server/replays/get-replay.ts';
import { personReplay } from '#lib/server/replays/person-replay.ts';
import { getDraft } from '#lib/server/schemes/find-schemes.ts';
import { submitDraft } from '#lib/server/schemes/submit-draft.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import { clientDictionary } from '#lib/server/metrics/client-dictionary.ts';
import { loadMetrics } from '#lib/server/metrics/load-metrics.ts';
import { personNames } from '../../../../person-names.server.ts';
import { answer, textOf } from '../../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
	depends('replay:state');
	const { ctx, actor } = locals;
	const replay = await getReplay(ctx, actor, { replayId: params.replay });
	const employee = url.searchParams.get('person');
	const period = url.searchParams.get('period');
	const seesDraft = hasPermission(actor, 'draft.read');
	const [people, units, metrics, dictionary, draft, person] = await Promise.all([
		personNames(ctx.db.read),
		getUnits(ctx, actor),
		loadMetrics(ctx.db.read),
		clientDictionary(ctx.db.read),
		seesDraft ? getDraft(ctx, actor, replay.draftId) : null,
		employee
			? personReplay(ctx, actor, {
					replayId: replay.id,
					employeeId: employee,
					...(period ? { period } : {})
				})
			: null
	]);
	return { replay, people, units, metrics, dictionary, draft, person };
};

export const actions: Actions = {
	cancel: async ({ locals, params }) =>
		answer(async () => {
			await cancelReplay(locals.ctx, locals.actor, { replayId: params.replay });
			return { cancelled: true };
		}),
	submit: async ({ locals, params, request }) => {
		const data = await request.formData();
		const base = textOf(data, 'base_version');
		const overrides = data
			.getAll('override')
			.map((check) => ({ check: String(check), reason: textOf(data, `reason_${String(check)}`) }));
		const result = await answer(
			async () => ({
				submission: await submitDraft(locals.ctx, locals.actor, {
					draftId: textOf(data, 'draft'),
					draftHash: textOf(data, 'draft_hash'),
					replayId: params.replay,
					baseVersion: base === '' ? null : Number(base),
					note: textOf(data, 'note'),
					overrides
				})
			}),
			{ note: textOf(data, 'note') }
		);
		if (!('submission' in result)) return result;
		redirect(303, `/clients/${params.client}/submissions/${result.submission.id}`);
	}
};
