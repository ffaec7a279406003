import { redirect } from '@sveltejs/kit';
import { signIn } from '#lib/server/auth/sign-in.ts';
import { needsSetUp } from '#lib/server/auth/set-up-instance.ts';
import { demoSignIns } from '#lib/server/demo/seed-demo.ts';
import { clientAddress } from '#lib/server/http/address.ts';
import { readSessionToken, setSessionCookie } from '#lib/server/http/session-cookie.ts';
import { answer, ownPath, textOf } from '../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url }) => {
	if (locals.user) redirect(303, ownPath(url.searchParams.get('next') ?? '/'));
	if (await needsSetUp(locals.control)) redirect(303, '/setup');
	const { config } = locals.instance;
	return { demoPeople: config.demo ? await demoSignIns() : [] };
};

export const actions: Actions = {
	default: async (event) => {
		const { locals, request } = event;
		const data = await request.formData();
		const account = textOf(data, 'account');
		const { config } = locals.instance;
		const result = await answer(
			async () =>
				signIn(locals.control, config, {
					account,
					password: textOf(data, 'password'),
					address: clientAddress(event, config.proxyDepth),
					userAgent: request.headers.get('user-agent'),
					oldToken: readSessionToken(event)
				}),
			{ account }
		);
		if (!('token' in result)) return result;
		setSessionCookie(event, result.token, config);
		redirect(303, ownPath(textOf(data, 'next')));
	}
};
