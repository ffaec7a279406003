import { redirect } from '@sveltejs/kit';
import { signOut } from '#lib/server/auth/sign-in.ts';
import { clearSessionCookie, readSessionToken } from '#lib/server/http/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
	default: async (event) => {
		const token = readSessionToken(event);
		if (event.locals.user && token) await signOut(event.locals.control, event.locals.user, token);
		clearSessionCookie(event);
		redirect(303, '/sign-in');
	}
};
