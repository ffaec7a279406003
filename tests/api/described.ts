/** Holds an answer against what the description of the interface promises. */
import * as v from 'valibot';
import { expect } from 'vitest';
import { OPERATIONS } from '#lib/contract/operations.ts';
import type { ApiAnswer } from './api-client.ts';

/** The answer has the status and the form that the description promises. */
export function expectAsDescribed(
	method: string,
	path: string,
	answer: ApiAnswer,
	{ byToken = false } = {}
): void {
	const operation = OPERATIONS.find(
		(one) => one.method === method && one.path === path && (one.byToken ?? false) === byToken
	);
	if (!operation) throw new Error(`${method} ${path} is not described`);
	expect(answer.status, JSON.stringify(answer.body)).toBe(operation.status);
	const result = v.safeParse(operation.answer, answer.body);
	expect(
		result.issues?.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`)
	).toBeUndefined();
}
