import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { packAnswers, partDecisions } from '#lib/contract/pack-answers.ts';
import { commonProblems } from '#lib/server/http/problems.ts';
import { getHandOver } from '#lib/server/hand-over/get-hand-over.ts';
import { installPack } from '#lib/server/packs/install-pack.ts';
import { offeredPack } from '#lib/server/packs/offered-packs.ts';
import { planPack } from '#lib/server/packs/plan-pack.ts';
import { findInstalled } from '#lib/server/packs/present-parts.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import { findDefaultRange } from '#lib/server/replays/sides.ts';
import { readSettings } from '#lib/server/settings/client-settings.ts';
import { answer, textOf } from '../../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { ctx, actor } = locals;
	const version = url.searchParams.get('version');
	const wanted = { pack: params.pack, ...(version ? { version } : {}) };
	const plan = await planPack(ctx, actor, wanted);
	const [offer, installed, units, settings, setUp] = await Promise.all([
		offeredPack(ctx.db.read, wanted),
		findInstalled(ctx.db.read, params.pack),
		getUnits(ctx, actor),
		readSettings(ctx.db.read),
		url.searchParams.has('start') ? getHandOver(ctx, actor) : null
	]);
	const { manifest, schemes } = offer.pack;
	return {
		plan,
		pack: {
			id: manifest.id,
			version: manifest.version,
			name: manifest.name,
			description: manifest.description,
			source: offer.source,
			signer: offer.signer,
			schemes: [...schemes.values()].map(({ document }) => ({
				id: document.id,
				name: document.name
			}))
		},
		installed: installed && { version: installed.version, at: installed.installedAt },
		units,
		hasHistory: (await findDefaultRange(ctx.db.read, 'month', settings)) !== null,
		setUp
	};
};

const installForm = v.object({
	answers: v.pipe(v.string(), v.parseJson(), packAnswers),
	decisions: v.pipe(v.string(), v.parseJson(), partDecisions)
});

export const actions: Actions = {
	install: async ({ locals, params, request, url }) => {
		const data = await request.formData();
		const parsed = v.safeParse(installForm, Object.fromEntries(data));
		if (!parsed.success) {
			const { text, advice } = commonProblems.body_not_json;
			return fail(422, { problem: text, advice, code: 'body_not_json', diagnostics: [] });
		}
		const result = await answer(async () => ({
			installed: await installPack(locals.ctx, locals.actor, {
				pack: params.pack,
				version: textOf(data, 'version'),
				hash: textOf(data, 'hash'),
				conflicts: parsed.output.decisions,
				...parsed.output.answers
			})
		}));
		if (!('installed' in result)) return result;
		const base = `/clients/${params.client}`;
		redirect(
			303,
			url.searchParams.has('start')
				? `${base}/hand-over/people`
				: `${base}/packs/${params.pack}?done`
		);
	}
};
