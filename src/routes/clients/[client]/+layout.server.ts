import { findClientsOf } from '#lib/server/auth/memberships.ts';
import { hasPermission, PERMISSIONS, type Permission } from '#lib/server/auth/permissions.ts';
import { keepLastClient } from '../../last-client.server.ts';
import type { LayoutServerLoad } from './$types.js';

/** Who acts here and what their role opens; the pages show only what they may press. */
export const load: LayoutServerLoad = async ({ locals, params, cookies, url, untrack }) => {
	const { actor, user } = locals;
	// Untracked: the protocol never changes, and every page would load this anew.
	keepLastClient(
		cookies,
		params.client,
		untrack(() => url.protocol === 'https:')
	);
	const clients = user ? await findClientsOf(locals.control, user) : [];
	const names = Object.keys(PERMISSIONS) as Permission[];
	return {
		client: {
			id: params.client,
			name: clients.find(({ id }) => id === params.client)?.name ?? params.client
		},
		actor: {
			name: actor.name,
			userId: actor.userId,
			roles: actor.roles,
			employeeId: actor.employeeId,
			unitId: actor.unitId
		},
		may: names.filter((permission) => hasPermission(actor, permission)),
		demo: user?.demo === true
	};
};
