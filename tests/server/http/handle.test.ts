// Every request passes one hook: these tests send what browsers, scripts and attackers send.
import type { Cookies, RequestEvent } from '@sveltejs/kit';
import { describe, expect, test } from 'vitest';
import { readConfig } from '#lib/server/config.ts';
import { systemClock } from '#lib/server/clock.ts';
import { clientAddress } from '#lib/server/http/address.ts';
import { handleProblem, handleWith } from '#lib/server/http/handle.ts';
import { apiTokens } from '#lib/server/db/control/schema.ts';
import { localeOf } from '#lib/server/http/locale.ts';
import { setSessionCookie } from '#lib/server/http/session-cookie.ts';
import { refuse } from '#lib/server/http/problem.ts';
import { schemeProblems } from '#lib/server/schemes/problems.ts';
import { randomIds } from '#lib/server/ids.ts';
import type { Instance } from '#lib/server/instance.ts';
import { createApiToken, listApiTokens, revokeApiToken } from '#lib/server/auth/api-tokens.ts';
import { SignInLimiter } from '#lib/server/auth/limiter.ts';
import { findActor } from '#lib/server/auth/memberships.ts';
import { validateSession } from '#lib/server/auth/sessions.ts';
import { signIn } from '#lib/server/auth/sign-in.ts';
import { limits, PASSWORD, personAt } from '../support/people.ts';
import { openStudio } from '../support/studio.ts';

const ORIGIN = 'http://127.0.0.1:3000';

interface Sent {
	readonly method?: string;
	readonly path: string;
	readonly route?: string | null;
	readonly client?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly token?: string | null;
	readonly origin?: string;
}

interface Jar {
	readonly set: { readonly name: string; readonly options: unknown }[];
}

function eventOf(sent: Sent, jar: Jar = { set: [] }): RequestEvent {
	const url = new URL(sent.path, sent.origin ?? ORIGIN);
	const name = url.protocol === 'https:' ? '__Host-quanheng_session' : 'quanheng_session';
	const cookies = {
		get: (asked: string) => (asked === name ? (sent.token ?? undefined) : undefined),
		set: (given: string, _value: string, options: unknown) => jar.set.push({ name: given, options })
	} as unknown as Cookies;
	return {
		url,
		cookies,
		locals: {},
		route: { id: sent.route ?? null },
		params: sent.client === undefined ? {} : { client: sent.client },
		request: new Request(url, { method: sent.method ?? 'GET', headers: { ...sent.headers } }),
		getClientAddress: () => '127.0.0.1'
	} as unknown as RequestEvent;
}

async function door() {
	const { databases, dataDir } = await openStudio();
	const clock = systemClock;
	const ids = randomIds(clock);
	const instance: Instance = { config: readConfig({}), clock, ids, databases };
	const control = { clock, ids, control: databases.control, dataDir };
	await personAt(control, 'acme', 'li.wei', 'hr_designer');
	await personAt(control, 'rival', 'rival.wang', 'hr_designer');
	const { token } = await signIn(
		control,
		limits,
		{ account: 'li.wei', password: PASSWORD, address: '::1', userAgent: null, oldToken: null },
		new SignInLimiter()
	);
	const handle = handleWith(async () => instance);
	let reached = 0;
	const send = (sent: Sent, act?: (event: RequestEvent) => unknown) => {
		const event = eventOf(sent);
		return Promise.resolve(
			handle({
				event,
				resolve: async (inner) => {
					reached += 1;
					try {
						await act?.(inner);
						return new Response('reached');
					} catch (error) {
						const body = await handleProblem({
							error,
							event: inner,
							status: 500,
							message: 'Internal Error'
						});
						return Response.json(body, { status: 500 });
					}
				}
			})
		);
	};
	return { send, token, control, reached: () => reached };
}

const API = '/api/v1/clients/acme/drafts';
const apiRoute = '/api/v1/clients/[client]/drafts';

describe('who may come in', () => {
	test('nobody unknown: pages lead to the sign-in, the API says so', async () => {
		const { send, reached } = await door();
		const page = await send({
			path: '/clients/acme?tab=1',
			route: '/clients/[client]',
			client: 'acme'
		});
		expect(page.status).toBe(303);
		expect(page.headers.get('location')).toBe('/sign-in?next=%2Fclients%2Facme%3Ftab%3D1');
		const api = await send({ path: API, route: apiRoute, client: 'acme' });
		expect(api.status).toBe(401);
		expect(api.headers.get('content-type')).toContain('application/problem+json');
		expect(await api.json()).toMatchObject({ code: 'sign_in_required', status: 401 });
		expect(reached()).toBe(0);
	});

	test('an invented token is nobody', async () => {
		const { send } = await door();
		const answer = await send({ path: API, route: apiRoute, client: 'acme', token: 'made-up' });
		expect(answer.status).toBe(401);
	});

	test('the sign-in page is open, also inside a layout group', async () => {
		const { send } = await door();
		for (const route of ['/sign-in', '/(plain)/sign-in', '/(a)/(b)/setup']) {
			expect((await send({ path: '/sign-in', route })).status, route).toBe(200);
		}
	});

	test("another client's address answers exactly like one that never was", async () => {
		const { send, token } = await door();
		const answers = await Promise.all(
			['rival', 'never-was', '../acme', 'ACME'].map(async (client) => {
				const answer = await send({
					path: `/api/v1/clients/${encodeURIComponent(client)}/drafts`,
					route: apiRoute,
					client,
					token
				});
				const { request: _request, ...body } = (await answer.json()) as Record<string, unknown>;
				return JSON.stringify({ status: answer.status, body });
			})
		);
		expect(new Set(answers).size).toBe(1);
		expect(answers[0]).toContain('"status":404');
	});

	test('an address of the API that does not exist answers as the API does', async () => {
		const { send, token } = await door();
		const answer = await send({ path: '/api/v1/nothing', route: null, token });
		expect(answer.status).toBe(404);
		expect(await answer.json()).toMatchObject({ code: 'not_found' });
	});

	test('a page of another client refuses as soon as it asks who acts', async () => {
		const { send, token } = await door();
		const answer = await send(
			{ path: '/clients/rival', route: '/clients/[client]', client: 'rival', token },
			({ locals }) => locals.actor
		);
		expect(answer.status).toBe(404);
		expect(await answer.json()).toMatchObject({ code: 'not_found', status: 404 });
	});

	test('the actor and the database are those of the client in the address', async () => {
		const { send, token } = await door();
		const answer = await send(
			{ path: '/clients/acme', route: '/clients/[client]', client: 'acme', token },
			({ locals }) => {
				expect(locals.actor).toMatchObject({ clientId: 'acme', roles: ['hr_designer'] });
				expect(locals.ctx.clientId).toBe('acme');
			}
		);
		expect(answer.status).toBe(200);
	});
});

describe('a request that changes something', () => {
	const types = [
		'application/x-www-form-urlencoded',
		'multipart/form-data; boundary=x',
		'text/plain',
		'application/json',
		'application/x-foo',
		null
	];
	const evil: Readonly<Record<string, Readonly<Record<string, string>>>> = {
		'another site': { origin: 'https://evil.example' },
		'no origin at all': {},
		'a null origin': { origin: 'null' },
		'a sibling host': { origin: 'http://sub.127.0.0.1:3000' },
		'another port': { origin: 'http://127.0.0.1:4000' },
		'https instead of http': { origin: 'https://127.0.0.1:3000' },
		'a cross-site fetch without origin': { 'sec-fetch-site': 'cross-site' },
		'a same-site fetch without origin': { 'sec-fetch-site': 'same-site' },
		'a navigation without origin': { 'sec-fetch-site': 'none' }
	};
	const cases = Object.entries(evil).flatMap(([from, headers]) =>
		types.flatMap((type) =>
			['POST', 'PUT', 'PATCH', 'DELETE'].map((method) => ({ from, headers, type, method }))
		)
	);

	test('is refused from elsewhere, with whatever body', async () => {
		const { send, token, reached } = await door();
		for (const { from, headers, type, method } of cases) {
			const answer = await send({
				method,
				path: API,
				route: apiRoute,
				client: 'acme',
				token,
				headers: {
					...headers,
					...(type ? { 'content-type': type } : {}),
					'x-http-method-override': 'GET'
				}
			});
			expect(answer.status, `${method} ${type} from ${from}`).toBe(403);
		}
		expect(reached()).toBe(0);
	});

	test.each([
		['with our origin', { origin: ORIGIN }],
		['vouched for by the browser', { 'sec-fetch-site': 'same-origin' }]
	])('is let through %s', async (_name, headers) => {
		const { send, token } = await door();
		const answer = await send({
			method: 'POST',
			path: API,
			route: apiRoute,
			client: 'acme',
			token,
			headers
		});
		expect(answer.status).toBe(200);
	});

	test('with a body over the limit is refused before it is read', async () => {
		const { send, token, reached } = await door();
		const answer = await send({
			method: 'POST',
			path: API,
			route: apiRoute,
			client: 'acme',
			token,
			headers: { origin: ORIGIN, 'content-length': '4194305' }
		});
		expect(answer.status).toBe(413);
		expect(reached()).toBe(0);
	});
});

describe('a token of a program', () => {
	const at = (client: string, bearer: string) => ({
		method: 'POST',
		path: `/api/v1/clients/${client}/drafts`,
		route: apiRoute,
		client,
		headers: { authorization: `Bearer ${bearer}` }
	});

	test('acts as its person at its client, from anywhere, until it is revoked', async () => {
		const { send, control, token: session } = await door();
		const user = await validateSession(control, limits, session);
		const actor = user && (await findActor(control, user, 'acme'));
		if (!actor) throw new Error('li.wei works at acme');
		const { id, token } = await createApiToken(control, actor, { name: 'export', days: 30 });
		const answer = await send(at('acme', token), ({ locals }) => {
			expect(locals.actor).toMatchObject({ userId: actor.userId, roles: ['hr_designer'] });
		});
		expect(answer.status).toBe(200);
		expect((await send(at('rival', token))).status).toBe(401);
		const [row] = await control.control.read.select().from(apiTokens);
		expect(JSON.stringify(row)).not.toContain(token);
		expect(await listApiTokens(control, actor)).toMatchObject([{ id, name: 'export' }]);
		await revokeApiToken(control, actor, id);
		expect((await send(at('acme', token))).status).toBe(401);
		await expect(revokeApiToken(control, actor, id)).rejects.toMatchObject({ status: 404 });
	});

	test('that is made up does not let the cookie beside it act', async () => {
		const { send, token, reached } = await door();
		expect((await send({ ...at('acme', 'qh_made-up'), token })).status).toBe(401);
		expect(reached()).toBe(0);
	});

	test('opens no pages', async () => {
		const { send, control, token: session } = await door();
		const user = await validateSession(control, limits, session);
		const actor = user && (await findActor(control, user, 'acme'));
		if (!actor) throw new Error('li.wei works at acme');
		const { token } = await createApiToken(control, actor, { name: 'export', days: 30 });
		const page = await send({
			path: '/clients/acme',
			route: '/clients/[client]',
			client: 'acme',
			headers: { authorization: `Bearer ${token}` }
		});
		expect(page.status).toBe(303);
	});
});

describe('an answer', () => {
	test('carries the headers of a careful site, and is not kept', async () => {
		const { send, token } = await door();
		const { headers } = await send({ path: API, route: apiRoute, client: 'acme', token });
		expect(Object.fromEntries(headers)).toMatchObject({
			'x-content-type-options': 'nosniff',
			'x-frame-options': 'DENY',
			'referrer-policy': 'same-origin',
			'cache-control': 'private, no-store',
			'content-security-policy': "default-src 'none'; frame-ancestors 'none'"
		});
		expect(headers.get('strict-transport-security')).toBeNull();
	});

	test('behind https asks to stay on https', async () => {
		const { send, token } = await door();
		const { headers } = await send({
			path: API,
			route: apiRoute,
			client: 'acme',
			token,
			origin: 'https://kpi.example.com'
		});
		expect(headers.get('strict-transport-security')).toContain('max-age=');
	});

	test('of a refused use case has its status, sentence and advice', async () => {
		const { send, token } = await door();
		const answer = await send(
			{
				path: API,
				route: apiRoute,
				client: 'acme',
				token,
				headers: { 'accept-language': 'en-GB,en;q=0.9' }
			},
			() => {
				throw refuse(schemeProblems, 'draft_stale', { details: { seen: 1, current: 2 } });
			}
		);
		expect(answer.status).toBe(409);
		expect(await answer.json()).toMatchObject({
			code: 'draft_stale',
			title: 'The draft was saved as revision 2 meanwhile; you saw revision 1.',
			details: { seen: 1, current: 2 }
		});
	});

	test('of an unexpected error tells a number and nothing of the inside', async () => {
		const { send, token } = await door();
		const answer = await send({ path: API, route: apiRoute, client: 'acme', token }, () => {
			throw new Error('SELECT salary FROM secrets');
		});
		expect(answer.status).toBe(500);
		const body = await answer.text();
		expect(body).not.toContain('salary');
		expect(body).toContain(answer.headers.get('x-request-id') ?? 'no id');
	});

	test('of /healthz and /readyz needs nobody', async () => {
		const { send } = await door();
		expect(await (await send({ path: '/healthz' })).text()).toBe('ok\n');
		expect(await (await send({ path: '/readyz' })).text()).toBe('ready\n');
	});
});

test.each([
	[ORIGIN, 'quanheng_session', false],
	['https://kpi.example.com', '__Host-quanheng_session', true]
])('the cookie at %s is %s, secure: %s', (origin, name, secure) => {
	const jar: Jar = { set: [] };
	setSessionCookie(eventOf({ path: '/', origin }, jar), 'token', { sessionHours: 12 });
	expect(jar.set).toEqual([
		{ name, options: { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 43_200 } }
	]);
});

test.each([
	[0, '1.1.1.1', '127.0.0.1'],
	[1, '6.6.6.6, 1.1.1.1', '1.1.1.1'],
	[2, '6.6.6.6, 1.1.1.1, 10.0.0.1', '1.1.1.1'],
	[2, '', '127.0.0.1']
])('behind %i proxies “%s” came from %s', (depth, header, expected) => {
	const event = eventOf({ path: '/', headers: { 'x-forwarded-for': header } });
	expect(clientAddress(event, depth)).toBe(expected);
});

test.each([
	[undefined, 'en-US,en;q=0.9', 'en'],
	[undefined, 'zh-TW', 'zh-CN'],
	[undefined, 'fr,de', 'zh-CN'],
	[undefined, null, 'zh-CN'],
	['en', 'zh-CN', 'en'],
	['xx', 'en', 'en']
])('cookie %s and languages %s give %s', (cookie, languages, expected) => {
	expect(localeOf(cookie, languages)).toBe(expected);
});
