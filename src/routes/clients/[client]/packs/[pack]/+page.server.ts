import { error, redirect } from '@sveltejs/kit';
import { installPack } from '#lib/server/packs/install-pack.ts';
import { listAvailablePacks } from '#lib/server/packs/list-packs.ts';
import { planPack } from '#lib/server/packs/plan-pack.ts';
import { answer, textOf } from '../../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => {
	const [packs, plan] = await Promise.all([
		listAvailablePacks(locals.ctx, locals.actor),
		planPack(locals.ctx, locals.actor, { pack: params.pack })
	]);
	const pack = packs.find(({ id }) => id === params.pack);
	if (!pack) error(404);
	return { pack, plan };
};

export const actions: Actions = {
	install: async ({ locals, params, request }) => {
		const data = await request.formData();
		const numbers: Record<string, number> = {};
		const conflicts: Record<string, 'keep' | 'replace'> = {};
		for (const [name, value] of data) {
			const param = /^param\.(.+)$/.exec(name)?.[1];
			const part = /^conflict\.(.+)$/.exec(name)?.[1];
			if (param && value !== '') numbers[param] = Number(value);
			if (part) conflicts[part] = value === 'replace' ? 'replace' : 'keep';
		}
		const result = await answer(async () => ({
			installed: await installPack(locals.ctx, locals.actor, {
				pack: params.pack,
				hash: textOf(data, 'hash'),
				params: numbers,
				conflicts
			})
		}));
		if (!('installed' in result)) return result;
		redirect(303, `/clients/${params.client}/schemes`);
	}
};
