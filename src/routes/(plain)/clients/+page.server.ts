import { findClientsOf } from '#lib/server/auth/memberships.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => ({
	clients: locals.user ? await findClientsOf(locals.control, locals.user) : []
});
