import { redirect } from '@sveltejs/kit';
import { isLoopback, needsSetUp, setUpInstance } from '#lib/server/auth/set-up-instance.ts';
import { signIn } from '#lib/server/auth/sign-in.ts';
import { clientAddress } from '#lib/server/http/address.ts';
import { readSessionToken, setSessionCookie } from '#lib/server/http/session-cookie.ts';
import { answer, textOf } from '../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async (event) => {
	if (!(await needsSetUp(event.locals.control))) redirect(303, '/sign-in');
	const address = clientAddress(event, event.locals.instance.config.proxyDepth);
	return { needsCode: !isLoopback(address) };
};

export const actions: Actions = {
	default: async (event) => {
		const { locals, request } = event;
		const data = await request.formData();
		const { config } = locals.instance;
		const address = clientAddress(event, config.proxyDepth);
		const account = textOf(data, 'account');
		const name = textOf(data, 'name');
		const password = textOf(data, 'password');
		const result = await answer(
			async () => {
				await setUpInstance(locals.control, {
					account,
					name,
					password,
					address,
					code: textOf(data, 'code')
				});
				return signIn(locals.control, config, {
					account,
					password,
					address,
					userAgent: request.headers.get('user-agent'),
					oldToken: readSessionToken(event)
				});
			},
			{ account, name }
		);
		if (!('token' in result)) return result;
		setSessionCookie(event, result.token, config);
		redirect(303, '/clients');
	}
};
