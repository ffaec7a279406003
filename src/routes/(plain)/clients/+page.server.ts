import { mayCreateClient } from '#lib/server/auth/create-client.ts';
import { findClientsOf } from '#lib/server/auth/memberships.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => {
	const { control, user } = locals;
	if (!user) return { clients: [], mayCreate: false };
	const manager = { userId: user.id, operator: user.operator };
	const [clients, mayCreate] = await Promise.all([
		findClientsOf(control, user),
		mayCreateClient(control, manager)
	]);
	return { clients, mayCreate };
};
