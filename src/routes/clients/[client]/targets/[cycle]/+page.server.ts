import * as v from 'valibot';
import { fail } from '@sveltejs/kit';
import { hasPermission } from '#lib/server/auth/permissions.ts';
import { getCycle } from '#lib/server/targets/find-cycles.ts';
import { closeCycle } from '#lib/server/targets/open-cycle.ts';
import { agreeInBand, reviewTargets } from '#lib/server/targets/review-targets.ts';
import { saveProposals, submitTargets } from '#lib/server/targets/save-proposals.ts';
import { targetProblems } from '#lib/server/targets/problems.ts';
import { getTargetSheet } from '#lib/server/targets/target-sheet.ts';
import { answer, textOf } from '../../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { ctx, actor } = locals;
	const unitId = url.searchParams.get('unit');
	const input = { cycleId: params.cycle, ...(unitId ? { unitId } : {}) };
	const [cycle, sheet] = await Promise.all([
		getCycle(ctx, actor, { cycleId: params.cycle }),
		getTargetSheet(ctx, actor, input)
	]);
	return { cycle, sheet, unitId, proposes: hasPermission(actor, 'target.propose') };
};

const changedTargets = v.pipe(
	v.string(),
	v.parseJson(),
	v.array(
		v.strictObject({
			employeeId: v.string(),
			metric: v.string(),
			period: v.string(),
			value: v.nullable(v.pipe(v.number(), v.finite())),
			reason: v.nullable(v.pipe(v.string(), v.maxLength(500))),
			revision: v.number()
		})
	)
);

export const actions: Actions = {
	save: async ({ locals, params, request }) => {
		const data = await request.formData();
		const parsed = v.safeParse(changedTargets, data.get('targets'));
		if (!parsed.success) {
			const { text, advice } = targetProblems.nothing_to_submit;
			return fail(422, { problem: text, advice, code: 'nothing_to_submit', diagnostics: [] });
		}
		return answer(async () => {
			const { ctx, actor } = locals;
			if (parsed.output.length > 0) {
				await saveProposals(ctx, actor, { cycleId: params.cycle, targets: parsed.output });
			}
			if (textOf(data, 'then') !== 'submit') return { saved: parsed.output.length };
			const sent = await submitTargets(ctx, actor, { cycleId: params.cycle });
			return { submitted: sent.submitted, open: sent.open };
		});
	},
	review: async ({ locals, params, request }) => {
		const data = await request.formData();
		return answer(async () => {
			const verdict = textOf(data, 'verdict') === 'agree' ? 'agree' : 'return';
			const reviews = [
				{
					proposalId: textOf(data, 'proposal'),
					revision: Number(textOf(data, 'revision')),
					verdict,
					comment: textOf(data, 'comment')
				}
			] as const;
			await reviewTargets(locals.ctx, locals.actor, { cycleId: params.cycle, reviews });
			return { reviewed: verdict };
		});
	},
	agreeInBand: async ({ locals, params, request }) => {
		const data = await request.formData();
		const unitId = textOf(data, 'unit');
		return answer(async () => ({
			agreed: await agreeInBand(locals.ctx, locals.actor, {
				cycleId: params.cycle,
				...(unitId ? { unitId } : {})
			})
		}));
	},
	close: async ({ locals, params }) =>
		answer(async () => {
			await closeCycle(locals.ctx, locals.actor, { cycleId: params.cycle });
			return { closed: true };
		})
};
