import { error, redirect } from '@sveltejs/kit';
import { createClient, mayCreateClient } from '#lib/server/auth/create-client.ts';
import { commonProblems } from '#lib/server/http/problems.ts';
import { refuse } from '#lib/server/http/problem.ts';
import { loadPack, packIds } from '#lib/server/packs/shipped-packs.ts';
import { answer, textOf } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => {
	const { control, user } = locals;
	const may =
		user && (await mayCreateClient(control, { userId: user.id, operator: user.operator }));
	if (!may) throw refuse(commonProblems, 'not_allowed', { details: { permission: 'operator' } });
	const packs = await Promise.all(packIds().map((id) => loadPack(id)));
	return {
		packs: packs.map(({ pack }) => ({
			id: pack.manifest.id,
			name: pack.manifest.name,
			description: pack.manifest.description
		}))
	};
};

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const { user } = locals;
		if (!user) error(401);
		const data = await request.formData();
		const entered = {
			name: textOf(data, 'name').trim(),
			nameEn: textOf(data, 'name_en').trim(),
			id: textOf(data, 'id').trim(),
			pack: textOf(data, 'pack'),
			setsUp: data.get('sets_up') === 'on'
		};
		const manager = { userId: user.id, operator: user.operator, clientId: null, roles: [] };
		const result = await answer(async () => {
			const id = await createClient(locals.control, manager, {
				...(entered.id === '' ? {} : { id: entered.id }),
				name: { 'zh-CN': entered.name || entered.nameEn, en: entered.nameEn || entered.name },
				setsUp: entered.setsUp
			});
			return { made: id };
		}, entered);
		if (!('made' in result)) return result;
		const base = `/clients/${result.made}`;
		if (!entered.setsUp) redirect(303, `${base}/accounts`);
		const known = packIds().includes(entered.pack);
		redirect(303, known ? `${base}/packs/${entered.pack}?start` : `${base}/hand-over`);
	}
};
