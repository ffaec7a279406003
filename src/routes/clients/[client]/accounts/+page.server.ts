import { addMember } from '#lib/server/auth/add-member.ts';
import { disableUser, enableUser } from '#lib/server/auth/disable-user.ts';
import { grantMembership, revokeMembership } from '#lib/server/auth/grant-membership.ts';
import type { Manager } from '#lib/server/auth/managers.ts';
import { findMembers } from '#lib/server/auth/memberships.ts';
import { ROLES, type Role } from '#lib/server/auth/roles.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import { answer, textOf } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The person at the keyboard, acting at the client of the address. */
function managerOf({ actor, user }: App.Locals): Manager {
	const { userId, clientId, roles } = actor;
	return { userId, operator: user?.operator === true, clientId, roles };
}

function rolesOf(data: FormData): Role[] {
	const chosen = data.getAll('role');
	return ROLES.filter((role) => chosen.includes(role));
}

export const load: PageServerLoad = async ({ locals }) => {
	const { actor, control, ctx } = locals;
	const manager = managerOf(locals);
	const [members, units] = await Promise.all([
		findMembers(control, manager, actor.clientId),
		getUnits(ctx, actor)
	]);
	return { members, units, roles: ROLES };
};

/** Runs one change that a form asks for and says which notice to show. */
async function change(
	{ locals, request }: { locals: App.Locals; request: Request },
	done: 'added' | 'changed' | 'removed' | 'status',
	work: (data: FormData, manager: Manager) => Promise<unknown>
) {
	const data = await request.formData();
	return answer(
		async () => {
			await work(data, managerOf(locals));
			return { done };
		},
		{ account: textOf(data, 'account'), name: textOf(data, 'name'), of: textOf(data, 'user') }
	);
}

export const actions: Actions = {
	add: (event) =>
		change(event, 'added', (data, manager) =>
			addMember(event.locals.control, manager, {
				account: textOf(data, 'account'),
				name: textOf(data, 'name'),
				password: textOf(data, 'password'),
				clientId: event.locals.actor.clientId,
				roles: rolesOf(data),
				unitId: textOf(data, 'unit') || null,
				employeeId: textOf(data, 'employee').trim() || null
			})
		),
	change: (event) =>
		change(event, 'changed', (data, manager) =>
			grantMembership(event.locals.control, manager, {
				userId: textOf(data, 'user'),
				clientId: event.locals.actor.clientId,
				roles: rolesOf(data),
				unitId: textOf(data, 'unit') || null,
				employeeId: textOf(data, 'employee').trim() || null
			})
		),
	remove: (event) =>
		change(event, 'removed', (data, manager) =>
			revokeMembership(event.locals.control, manager, {
				userId: textOf(data, 'user'),
				clientId: event.locals.actor.clientId
			})
		),
	disable: (event) =>
		change(event, 'status', (data, manager) =>
			disableUser(event.locals.control, manager, textOf(data, 'user'))
		),
	enable: (event) =>
		change(event, 'status', (data, manager) =>
			enableUser(event.locals.control, manager, textOf(data, 'user'))
		)
};
