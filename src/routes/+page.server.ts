import { redirect } from '@sveltejs/kit';
import { findClientsOf } from '#lib/server/auth/memberships.ts';
import type { PageServerLoad } from './$types.js';

/** The only client of somebody with one; the choice for the others. */
export const load: PageServerLoad = async ({ locals }) => {
	if (!locals.user) redirect(303, '/sign-in');
	const clients = await findClientsOf(locals.control, locals.user);
	const [only] = clients;
	redirect(303, only && clients.length === 1 ? `/clients/${only.id}` : '/clients');
};
