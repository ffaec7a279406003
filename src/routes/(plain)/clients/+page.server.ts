import { error, redirect } from '@sveltejs/kit';
import { createClient } from '#lib/server/auth/create-client.ts';
import { findClientsOf } from '#lib/server/auth/memberships.ts';
import { answer, textOf } from '../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => ({
	clients: locals.user ? await findClientsOf(locals.control, locals.user) : [],
	mayCreate: locals.user?.operator === true
});

export const actions: Actions = {
	create: async ({ locals, request }) => {
		const { user } = locals;
		if (!user) error(401);
		const data = await request.formData();
		const id = textOf(data, 'id').trim();
		const name = { 'zh-CN': textOf(data, 'name_zh').trim(), en: textOf(data, 'name_en').trim() };
		const result = await answer(
			async () => {
				const manager = { userId: user.id, operator: user.operator, clientId: null, roles: [] };
				await createClient(locals.control, manager, {
					id,
					name: { 'zh-CN': name['zh-CN'] || name.en || id, en: name.en || name['zh-CN'] || id }
				});
				return { made: true };
			},
			{ id, name }
		);
		if (!('made' in result)) return result;
		redirect(303, `/clients/${id}/accounts`);
	}
};
