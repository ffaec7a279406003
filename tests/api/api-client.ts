/** Calls the handlers of `/api/v1` as the server does: a real context and actor, refusals as answers. */
import type { RequestEvent, RequestHandler } from '@sveltejs/kit';
import type { ApiOperation } from '#lib/contract/operations/operation.ts';
import type { Actor, Context } from '#lib/server/context.ts';
import { Problem } from '#lib/server/http/problem.ts';
import { problemResponse } from '#lib/server/http/problem-response.ts';

const handlers = import.meta.glob<Partial<Record<string, RequestHandler>>>(
	'../../src/routes/api/**/+server.ts'
);
const ROOT = '../../src/routes/api/v1';
const OF_CLIENT = '/clients/[client]';

/** Addresses of all routes below `/api/v1` with a handler: `/clients/[client]/people/[employee]`. */
export const ADDRESSES = Object.keys(handlers)
	.filter((file) => file.startsWith(`${ROOT}/`))
	.map((file) => file.slice(ROOT.length).replace(/\/\+server\.ts$/, ''));

/** The address of an operation among the routes: of a client, or of the client of a token. */
export function addressOf(operation: Pick<ApiOperation, 'path' | 'byToken'>): string {
	const path = operation.path.replaceAll('{', '[').replaceAll('}', ']');
	return operation.byToken ? path : `${OF_CLIENT}${path}`;
}

/** The methods that an address answers. */
export async function methodsOf(address: string): Promise<string[]> {
	const module = await handlers[`${ROOT}${address}/+server.ts`]?.();
	return Object.keys(module ?? {}).sort();
}

export interface ApiAnswer {
	readonly status: number;
	readonly body: Record<string, unknown>;
}

export interface ApiRequest {
	readonly body?: unknown;
	/** A body as it is, for what is no JSON. */
	readonly raw?: string;
	readonly form?: FormData;
	readonly query?: Readonly<Record<string, string>>;
	readonly headers?: Readonly<Record<string, string>>;
	/** An address below `/api/v1` whose client is that of the token. */
	readonly byToken?: boolean;
}

/** Sends a request to a route: `call(ctx, actor, 'PUT', '/drafts/[draft]', { draft }, { body })`. */
export async function call(
	ctx: Context,
	actor: Actor,
	method: string,
	route: string,
	params: Readonly<Record<string, string>> = {},
	{ body, raw, form, query = {}, headers = {}, byToken = false }: ApiRequest = {}
): Promise<ApiAnswer> {
	const address = byToken ? route : `${OF_CLIENT}${route}`;
	const module = await handlers[`${ROOT}${address}/+server.ts`]?.();
	const handler = module?.[method];
	if (!handler) throw new Error(`${method} ${address} has no handler`);
	const named = { client: ctx.clientId, ...params } as Readonly<Record<string, string>>;
	const path = address.replace(/\[(\w+)\]/g, (_, name: string) => named[name] ?? '');
	const url = new URL(`http://localhost/api/v1${path}`);
	for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
	const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
	const request = new Request(url, {
		method,
		headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
		...(form ? { body: form } : text === undefined ? {} : { body: text })
	});
	const event = {
		request,
		url,
		params: named,
		locals: { ctx, actor, locale: 'en', requestId: 'request' }
	} as unknown as RequestEvent;
	const response = await answer(handler, event);
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function answer(handler: RequestHandler, event: RequestEvent): Promise<Response> {
	try {
		return await handler(event as Parameters<RequestHandler>[0]);
	} catch (error) {
		if (error instanceof Problem) return problemResponse(error, 'en', 'request');
		throw error;
	}
}
