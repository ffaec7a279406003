import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { conflictChoices, packAnswers } from '#lib/contract/pack-answers.ts';
import { changelogBetween } from '#lib/packs/changelog.ts';
import { commonProblems } from '#lib/server/http/problems.ts';
import { offeredPack } from '#lib/server/packs/offered-packs.ts';
import { planUpgrade } from '#lib/server/packs/plan-upgrade.ts';
import { upgradePack } from '#lib/server/packs/upgrade-pack.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import { answer, textOf } from '../../../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { ctx, actor } = locals;
	const version = url.searchParams.get('version');
	const wanted = { pack: params.pack, ...(version ? { version } : {}) };
	const plan = await planUpgrade(ctx, actor, { ...wanted, effects: false });
	const [offer, units] = await Promise.all([
		offeredPack(ctx.db.read, wanted),
		getUnits(ctx, actor)
	]);
	return {
		plan,
		units,
		changelog: changelogBetween(offer.pack.changelog, plan.from.version, plan.to.version)
	};
};

const upgradeForm = v.object({
	answers: v.pipe(v.string(), v.parseJson(), packAnswers),
	choices: v.pipe(v.string(), v.parseJson(), conflictChoices)
});

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const data = await request.formData();
		const parsed = v.safeParse(upgradeForm, Object.fromEntries(data));
		if (!parsed.success) {
			const { text, advice } = commonProblems.body_not_json;
			return fail(422, { problem: text, advice, code: 'body_not_json', diagnostics: [] });
		}
		return answer(async () => {
			const { plan, drafts } = await upgradePack(locals.ctx, locals.actor, {
				pack: params.pack,
				version: textOf(data, 'version'),
				state: textOf(data, 'state'),
				choices: parsed.output.choices,
				answers: parsed.output.answers
			});
			return { upgraded: { version: plan.to.version, drafts } };
		});
	}
};
