import { error } from '@sveltejs/kit';
import { changePassword } from '#lib/server/auth/change-password.ts';
import { findClientsOf } from '#lib/server/auth/memberships.ts';
import {
	listSessions,
	revokeOtherSessions,
	revokeSession,
	type SignedInUser
} from '#lib/server/auth/sessions.ts';
import { clientAddress } from '#lib/server/http/address.ts';
import { setSessionCookie } from '#lib/server/http/session-cookie.ts';
import { answer, textOf } from '../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The hook lets nobody in who has not signed in. */
function signedIn(locals: App.Locals): SignedInUser {
	if (!locals.user) error(401);
	return locals.user;
}

export const load: PageServerLoad = async ({ locals }) => {
	const user = signedIn(locals);
	const [sessions, clients] = await Promise.all([
		listSessions(locals.control, user),
		findClientsOf(locals.control, user)
	]);
	return {
		mustChangePassword: user.mustChangePassword,
		sessions: sessions.map((session) => ({ ...session, current: session.id === user.sessionId })),
		clients
	};
};

export const actions: Actions = {
	password: async (event) => {
		const { locals, request } = event;
		const user = signedIn(locals);
		const data = await request.formData();
		const { config } = locals.instance;
		const result = await answer(async () => ({
			token: await changePassword(locals.control, config, user, {
				current: textOf(data, 'current'),
				next: textOf(data, 'next'),
				address: clientAddress(event, config.proxyDepth),
				userAgent: request.headers.get('user-agent')
			})
		}));
		if (!('token' in result)) return result;
		setSessionCookie(event, result.token, config);
		return { passwordChanged: true };
	},
	end: async ({ locals, request }) => {
		const data = await request.formData();
		return answer(async () => {
			await revokeSession(locals.control, signedIn(locals), textOf(data, 'session'));
			return { ended: 1 };
		});
	},
	endOthers: async ({ locals }) =>
		answer(async () => ({ ended: await revokeOtherSessions(locals.control, signedIn(locals)) }))
};
