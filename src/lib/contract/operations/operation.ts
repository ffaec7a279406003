/** What the description of an operation of `/api/v1` holds. */
import type * as v from 'valibot';
import type { LocalText } from '../../engine/diagnostics/diagnostic.ts';

export interface ApiOperation {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Below `/api/v1/clients/{client}`, or below `/api/v1` where a token says which client. */
	readonly path: string;
	/** The client is that of the token. */
	readonly byToken?: boolean;
	readonly summary: LocalText;
	readonly query?: v.GenericSchema;
	readonly body?: v.GenericSchema;
	/** The body is a form with a file instead of JSON. */
	readonly form?: boolean;
	readonly status: number;
	readonly answer: v.GenericSchema;
}

type Parts = Pick<ApiOperation, 'query' | 'body' | 'form' | 'byToken'>;

/** Describes one operation. */
export function operation(
	method: ApiOperation['method'],
	path: string,
	zh: string,
	en: string,
	status: number,
	answer: v.GenericSchema,
	parts: Parts = {}
): ApiOperation {
	return { method, path, summary: { 'zh-CN': zh, en }, status, answer, ...parts };
}
