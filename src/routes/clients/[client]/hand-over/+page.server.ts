import { randomInt } from 'node:crypto';
import { addMember } from '#lib/server/auth/add-member.ts';
import { hasPermission } from '#lib/server/auth/permissions.ts';
import { ROLES } from '#lib/server/auth/roles.ts';
import { getHandOver } from '#lib/server/hand-over/get-hand-over.ts';
import { answer, textOf } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => {
	const { ctx, actor, user } = locals;
	return {
		state: await getHandOver(ctx, actor),
		roles: ROLES,
		mayAdd: user?.operator === true || hasPermission(actor, 'account.manage'),
		now: ctx.clock.now().toISOString()
	};
};

/** Without letters and figures that look alike: it is read out or written down. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;

function firstPassword(): string {
	const group = (): string =>
		Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
	return Array.from({ length: GROUPS }, group).join('-');
}

export const actions: Actions = {
	add: async ({ locals, request }) => {
		const data = await request.formData();
		const { actor, control, user } = locals;
		const name = textOf(data, 'name').trim();
		const account = textOf(data, 'account').trim();
		const role = ROLES.find((known) => known === textOf(data, 'role'));
		const password = firstPassword();
		return answer(
			async () => {
				const { userId, clientId, roles } = actor;
				await addMember(
					control,
					{ userId, operator: user?.operator === true, clientId, roles },
					{ account, name, password, clientId, roles: role ? [role] : [] }
				);
				return { added: { name: name || account, account, password } };
			},
			{ name, account, role }
		);
	}
};
