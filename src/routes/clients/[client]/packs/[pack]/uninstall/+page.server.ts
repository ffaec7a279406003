import { redirect } from '@sveltejs/kit';
import { planUninstall } from '#lib/server/packs/plan-uninstall.ts';
import { uninstallPack } from '#lib/server/packs/uninstall-pack.ts';
import { answer, textOf } from '../../../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => ({
	plan: await planUninstall(locals.ctx, locals.actor, { pack: params.pack })
});

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const data = await request.formData();
		const result = await answer(async () => ({
			uninstalled: await uninstallPack(locals.ctx, locals.actor, {
				pack: params.pack,
				state: textOf(data, 'state')
			})
		}));
		if (!('uninstalled' in result)) return result;
		const name = result.uninstalled.name[locals.locale];
		redirect(303, `/clients/${params.client}/packs?uninstalled=${encodeURIComponent(name)}`);
	}
};
