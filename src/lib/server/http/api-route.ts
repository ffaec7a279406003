/**
 * What an API route is made of: read, do, answer. `readBody` refuses what the contract does not
 * allow with a place and an expectation; `respond` writes what the contract lists and nothing else;
 * `answerOnce` gives a repeated request its first answer.
 */
import { and, eq } from 'drizzle-orm';
import type { RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { toWire } from '../../contract/base.ts';
import {
	defineDiagnostics,
	diagnose,
	pointer,
	type Diagnostic
} from '../../engine/diagnostics/diagnostic.ts';
import { sha256Hex } from '../../engine/hash.ts';
import { canonicalJson } from '../../engine/logic/canonical.ts';
import type { Json } from '../../engine/logic/rule.ts';
import { momentOf } from '../clock.ts';
import { idempotencyKeys } from '../db/client/schema.ts';
import { refuse } from './problem.ts';
import { commonProblems } from './problems.ts';

export const inputDiagnostics = defineDiagnostics({
	field_refused: {
		severity: 'error',
		message: {
			'zh-CN': '“{field}”不符合要求：{why}',
			en: '“{field}” does not fit: {why}'
		},
		advice: {
			'zh-CN': '请按接口说明填写此字段。',
			en: 'Fill the field in as the description of the interface says.'
		},
		help: {
			'zh-CN': '未列出的字段会被拒绝，避免误改不该改的内容。',
			en: 'Fields that are not listed are refused, so that nothing is changed by accident.'
		}
	}
});

type Sync<I, O> = v.GenericSchema<I, O>;

/** The JSON body of a request, judged by its schema. */
export async function readBody<I, O>(request: Request, schema: Sync<I, O>): Promise<O> {
	const text = await request.text();
	let body: unknown;
	try {
		body = JSON.parse(text === '' ? '{}' : text);
	} catch (error) {
		throw refuse(commonProblems, 'body_not_json', { cause: error });
	}
	return judge(schema, body);
}

/** The query of an address; a key that stands twice counts once. */
export function readQuery<I, O>(url: URL, schema: Sync<I, O>): O {
	return judge(schema, Object.fromEntries(url.searchParams));
}

/** A form with a file. */
export async function readForm<I, O>(request: Request, schema: Sync<I, O>): Promise<O> {
	let form: FormData;
	try {
		form = await request.formData();
	} catch (error) {
		throw refuse(commonProblems, 'body_not_json', { cause: error });
	}
	return judge(schema, Object.fromEntries(form));
}

function judge<I, O>(schema: Sync<I, O>, input: unknown): O {
	const result = v.safeParse(schema, input);
	if (result.success) return result.output;
	const diagnostics = result.issues.map(toDiagnostic);
	throw refuse(commonProblems, 'input_refused', {
		details: { count: diagnostics.length },
		diagnostics
	});
}

function toDiagnostic(issue: v.BaseIssue<unknown>): Diagnostic {
	const path = (issue.path ?? []).map((step) => String(step.key));
	return diagnose(inputDiagnostics, 'field_refused', pointer('', ...path), {
		field: path.join('.') || '(body)',
		why: issue.message
	});
}

/** An answer written as its schema says. */
export function respond(status: number, schema: v.GenericSchema, value: unknown): Response {
	return Response.json(toWire(schema, value), { status });
}

/** Requests that run with a key; a repeat that comes meanwhile waits for the same answer. */
const running = new Map<string, Promise<Response>>();

/**
 * Runs a change once for each `Idempotency-Key`: a repeat of the same request gets the stored
 * answer, the same key with another request is refused. Without a key it simply runs. Refusals are
 * not stored: a repeat after a repair may succeed.
 */
export async function answerOnce(
	event: Pick<RequestEvent, 'request' | 'url' | 'locals'>,
	input: unknown,
	work: () => Promise<Response>
): Promise<Response> {
	const key = event.request.headers.get('idempotency-key');
	if (key === null) return work();
	const { ctx, actor } = event.locals;
	const name = `${ctx.clientId} ${actor.userId} ${key}`;
	const requestHash = sha256Hex(
		canonicalJson([
			event.request.method,
			event.url.pathname,
			JSON.parse(JSON.stringify(input ?? null)) as Json
		])
	);
	const stored = await ctx.db.read
		.select()
		.from(idempotencyKeys)
		.where(and(eq(idempotencyKeys.actorId, actor.userId), eq(idempotencyKeys.key, key)));
	const [before] = stored;
	if (before) {
		if (before.requestHash !== requestHash) throw refuse(commonProblems, 'key_reused');
		return Response.json(before.response, { status: before.status });
	}
	const other = running.get(name);
	if (other) {
		await other.catch(() => undefined);
		return answerOnce(event, input, work);
	}
	const answer = runAndKeep(event, key, requestHash, work);
	running.set(name, answer);
	try {
		return await answer;
	} finally {
		running.delete(name);
	}
}

async function runAndKeep(
	{ locals: { ctx, actor } }: Pick<RequestEvent, 'locals'>,
	key: string,
	requestHash: string,
	work: () => Promise<Response>
): Promise<Response> {
	const response = await work();
	const body = (await response.clone().json()) as Json;
	await ctx.db.write(async (tx) => {
		await tx.insert(idempotencyKeys).values({
			actorId: actor.userId,
			key,
			requestHash,
			status: response.status,
			response: body,
			createdAt: momentOf(ctx.clock)
		});
	});
	return response;
}
