import type { Locale } from '../../engine/diagnostics/diagnostic.ts';
import type { Problem } from './problem.ts';

/** A refusal as `application/problem+json` (RFC 9457), with both languages beside the asked one. */
export function problemResponse(problem: Problem, locale: Locale, requestId: string): Response {
	const { status, code, text, advice, details, diagnostics, current } = problem;
	const body = {
		type: `/help#${code}`,
		title: text[locale],
		status,
		detail: advice[locale],
		code,
		text,
		advice,
		details,
		...(diagnostics.length > 0 ? { diagnostics } : {}),
		...(current === undefined ? {} : { current }),
		request: requestId
	};
	const headers = new Headers({ 'content-type': 'application/problem+json; charset=utf-8' });
	if (problem.retryAfterSeconds !== undefined) {
		headers.set('retry-after', String(problem.retryAfterSeconds));
	}
	return new Response(JSON.stringify(body), { status, headers });
}
