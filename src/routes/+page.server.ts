import { redirect } from '@sveltejs/kit';
import { findClientsOf } from '#lib/server/auth/memberships.ts';
import { readLastClient } from './last-client.server.ts';
import type { PageServerLoad } from './$types.js';

/**
 * The client somebody was at last, or their only one; the choice for the others. Who tries the demo
 * starts at its first client.
 */
export const load: PageServerLoad = async ({ locals, cookies }) => {
	if (!locals.user) redirect(303, '/sign-in');
	const clients = await findClientsOf(locals.control, locals.user);
	const [first] = clients;
	const last = readLastClient(cookies);
	const start =
		clients.find(({ id }) => id === last) ??
		(clients.length === 1 || locals.user.demo ? first : undefined);
	redirect(303, start ? `/clients/${start.id}` : '/clients');
};
