/**
 * What happens to every request before a page or an API route sees it: its number and language,
 * who sent it and from where, who that is at the client of the address, and the headers of the
 * answer. Everything but a short list needs somebody who signed in.
 */
import { randomUUID } from 'node:crypto';
import type { Handle, HandleServerError, RequestEvent } from '@sveltejs/kit';
import { validateApiToken } from '../auth/api-tokens.ts';
import { findActor } from '../auth/memberships.ts';
import { validateSession } from '../auth/sessions.ts';
import { needsSetUp } from '../auth/set-up-instance.ts';
import { clientContext, controlContext, type Instance } from '../instance.ts';
import { logger } from '../logging/logger.ts';
import { secureHeaders } from './headers.ts';
import { health } from './health.ts';
import { LOCALE_COOKIE, localeOf } from './locale.ts';
import { bearerOf, isOwnRequest } from './origin.ts';
import { Problem, refuse, type ProblemCatalogue } from './problem.ts';
import { problemResponse } from './problem-response.ts';
import { commonProblems } from './problems.ts';
import { readSessionToken } from './session-cookie.ts';

/** Routes that are open to people who have not signed in. */
const OPEN_ROUTES: ReadonlySet<string> = new Set(['/sign-in', '/setup']);

/** Routes that somebody with a password set by another person may use before changing it. */
const BEFORE_PASSWORD_CHANGE: ReadonlySet<string> = new Set(['/account', '/sign-out']);

/** Problems of the requests that are being answered; `noteProblem` fills it. */
const problems = new WeakMap<object, Problem>();

/** The `handle` hook over an instance. */
export function handleWith(start: () => Promise<Instance>): Handle {
	return async ({ event, resolve }) => {
		const startedAt = performance.now();
		const requestId = randomUUID();
		const api = isApi(event);
		event.locals.requestId = requestId;
		event.locals.locale = localeOf(
			event.cookies.get(LOCALE_COOKIE),
			event.request.headers.get('accept-language')
		);
		event.locals.user = null;
		let response: Response;
		try {
			const instance = await start();
			const probe = await health(event.url.pathname, instance);
			if (probe) return probe;
			response = (await admit(event, instance)) ?? (await resolve(event));
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			response = api ? problemResponse(error, event.locals.locale, requestId) : refusePage(error);
		}
		const problem = problems.get(event.locals);
		if (problem) {
			response = api
				? problemResponse(problem, event.locals.locale, requestId)
				: withStatus(response, problem.status);
		}
		response = changeable(response);
		secureHeaders(response, {
			url: event.url,
			api,
			personal: event.locals.user !== null || api,
			id: requestId
		});
		logger.info(
			{
				request: requestId,
				method: event.request.method,
				route: event.route.id,
				status: response.status,
				ms: Math.round(performance.now() - startedAt)
			},
			'request'
		);
		return response;
	};
}

/**
 * The `handleError` hook: a refusal goes to the page as it is, and `handle` gives it its status;
 * anything else becomes a number that the log knows, and nothing of the inside.
 */
export const handleProblem: HandleServerError = ({ error, event, status }) => {
	const { requestId } = event.locals;
	if (error instanceof Problem) {
		problems.set(event.locals, error);
		const { code, text, advice } = error;
		return {
			message: text[event.locals.locale],
			code,
			text,
			advice,
			requestId,
			status: error.status
		};
	}
	if (status === 404) {
		const { text, advice } = commonProblems.not_found;
		return {
			message: text[event.locals.locale],
			code: 'not_found',
			text,
			advice,
			requestId,
			status
		};
	}
	logger.error({ err: error, request: requestId, route: event.route.id }, 'unexpected error');
	const unexpected = refuse(commonProblems, 'unexpected', { details: { request: requestId } });
	problems.set(event.locals, unexpected);
	const { code, text, advice } = unexpected;
	return { message: text[event.locals.locale], code, text, advice, requestId, status: 500 };
};

function isApi(event: RequestEvent): boolean {
	return event.url.pathname.startsWith('/api/');
}

/** A route's id without the groups that only share a layout: `/(plain)/sign-in` is `/sign-in`. */
function placeOf(routeId: string | null): string {
	return (routeId ?? '').replaceAll(/\/\([^)]*\)/g, '');
}

/** Lets the request in with its actor (null), refuses it, or sends a page to where one signs in. */
async function admit(event: RequestEvent, instance: Instance): Promise<Response | null> {
	const { locals, request, url, route, params } = event;
	const api = isApi(event);
	if (!isOwnRequest(request, url.origin)) throw refuse(commonProblems, 'wrong_origin');
	assertSize(request, instance);
	const control = controlContext(instance);
	Object.assign(locals, { instance, control });
	const bearer = bearerOf(request);
	let clientId = params.client;
	if (bearer !== null) {
		// A token speaks for itself alone: a cookie beside it is not looked at. It also says at which
		// client, where the address does not.
		const known = api ? await validateApiToken(control, bearer) : null;
		if (known && (clientId === undefined || known.clientId === clientId)) {
			locals.user = known.user;
			clientId = known.clientId;
		}
	} else {
		const token = readSessionToken(event);
		if (token !== null) locals.user = await validateSession(control, instance.config, token);
	}
	defineClient(locals, null);
	const place = placeOf(route.id);
	if (OPEN_ROUTES.has(place)) return null;
	const { user } = locals;
	if (!user) {
		if (api) throw refuse(commonProblems, 'sign_in_required');
		if (await needsSetUp(control)) return sendTo(event, '/setup');
		return sendTo(event, `/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`);
	}
	if (user.mustChangePassword && !BEFORE_PASSWORD_CHANGE.has(place)) {
		if (api) throw refuse(doorProblems, 'password_change_required');
		return sendTo(event, '/account');
	}
	if (api && route.id === null) throw refuse(commonProblems, 'not_found');
	if (clientId === undefined) return null;
	const actor = await findActor(control, user, clientId);
	if (actor) defineClient(locals, { actor, ctx: await clientContext(instance, actor.clientId) });
	// The same answer for a client that does not exist and for one that is somebody else's. Pages
	// meet it when they read `locals.actor`, so that it is shown in the frame people know.
	else if (api) throw refuse(commonProblems, 'not_found');
	return null;
}

const doorProblems = {
	password_change_required: {
		status: 403,
		text: {
			'zh-CN': '请先设置您自己的密码。',
			en: 'Set a password of your own first.'
		},
		advice: { 'zh-CN': '请打开“账号”页面。', en: 'Open the account page.' }
	}
} as const satisfies ProblemCatalogue;

/** A body larger than the route takes is refused before it is read. */
function assertSize(request: Request, { config }: Instance): void {
	const upload = request.headers.get('content-type')?.startsWith('multipart/form-data');
	const limit = upload ? config.uploadLimit : config.bodyLimit;
	if (Number(request.headers.get('content-length') ?? 0) > limit) {
		throw refuse(commonProblems, 'body_too_large', { details: { limit } });
	}
}

/** `locals.ctx` and `locals.actor` exist on addresses of a client; elsewhere reading them refuses. */
function defineClient(locals: App.Locals, found: Pick<App.Locals, 'ctx' | 'actor'> | null): void {
	const read = (): Pick<App.Locals, 'ctx' | 'actor'> => {
		if (found) return found;
		throw refuse(commonProblems, locals.user ? 'not_found' : 'sign_in_required');
	};
	Object.defineProperties(locals, {
		ctx: { configurable: true, get: () => read().ctx },
		actor: { configurable: true, get: () => read().actor }
	});
}

/** A refusal before any page ran: rare, and of requests that no page of ours sends. */
function refusePage(problem: Problem): Response {
	return new Response(`${problem.text['zh-CN']}\n${problem.text.en}\n`, {
		status: problem.status,
		headers: { 'content-type': 'text/plain; charset=utf-8' }
	});
}

/** Sends a page elsewhere; forms that were sent by script expect the redirect as JSON. */
function sendTo(event: RequestEvent, location: string): Response {
	if (event.request.headers.get('x-sveltekit-action') === 'true') {
		return Response.json({ type: 'redirect', status: 303, location });
	}
	return new Response(null, { status: 303, headers: { location } });
}

function withStatus(response: Response, status: number): Response {
	return new Response(response.body, { status, headers: response.headers });
}

/** Answers of `fetch` and redirects have frozen headers. */
function changeable(response: Response): Response {
	return new Response(response.body, response);
}
