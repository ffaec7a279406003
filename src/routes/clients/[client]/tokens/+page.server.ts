import { createApiToken, listApiTokens, revokeApiToken } from '#lib/server/auth/api-tokens.ts';
import { answer, textOf } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { actor, control } = locals;
	return { tokens: await listApiTokens(control, actor), origin: url.origin };
};

export const actions: Actions = {
	create: async ({ locals, request }) => {
		const data = await request.formData();
		const name = textOf(data, 'name');
		return answer(
			async () => {
				const { actor, control } = locals;
				const days = Number(textOf(data, 'days'));
				return { created: await createApiToken(control, actor, { name, days }) };
			},
			{ name }
		);
	},
	revoke: async ({ locals, request }) => {
		const data = await request.formData();
		return answer(async () => {
			await revokeApiToken(locals.control, locals.actor, textOf(data, 'token'));
			return { revoked: true };
		});
	}
};
