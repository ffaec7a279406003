import { redirect } from '@sveltejs/kit';
import { hasPermission } from '#lib/server/auth/permissions.ts';
import { loadMetrics } from '#lib/server/metrics/load-metrics.ts';
import { findCycles } from '#lib/server/targets/find-cycles.ts';
import { openCycle } from '#lib/server/targets/open-cycle.ts';
import { confirmTarget, findOwnTargets } from '#lib/server/targets/own-targets.ts';
import { answer, textOf } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => {
	const { ctx, actor } = locals;
	const seesCycles =
		hasPermission(actor, 'target.read') || hasPermission(actor, 'target.read_own_unit');
	const [cycles, own, metrics] = await Promise.all([
		seesCycles ? findCycles(ctx, actor) : [],
		hasPermission(actor, 'target.read_self') ? findOwnTargets(ctx, actor) : [],
		loadMetrics(ctx.db.read)
	]);
	return {
		cycles,
		own,
		metrics: [...metrics.values()].map(({ id, name, unit, grain }) => ({ id, name, unit, grain }))
	};
};

export const actions: Actions = {
	open: async ({ locals, params, request }) => {
		const data = await request.formData();
		const name = textOf(data, 'name');
		const dueOn = textOf(data, 'due_on');
		const result = await answer(
			async () => ({
				cycle: await openCycle(locals.ctx, locals.actor, {
					name: { 'zh-CN': name, en: name },
					periodFrom: textOf(data, 'from'),
					periodTo: textOf(data, 'to'),
					metrics: data.getAll('metric').map(String),
					dueOn: dueOn === '' ? null : dueOn
				})
			}),
			{ name }
		);
		if (!('cycle' in result)) return result;
		redirect(303, `/clients/${params.client}/targets/${result.cycle.id}`);
	},
	confirm: async ({ locals, request }) => {
		const data = await request.formData();
		return answer(async () => {
			await confirmTarget(locals.ctx, locals.actor, { targetId: Number(textOf(data, 'target')) });
			return { confirmed: true };
		});
	}
};
