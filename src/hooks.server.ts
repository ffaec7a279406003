import { sequence } from '@sveltejs/kit/hooks';
import type { Handle } from '@sveltejs/kit';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { handleProblem, handleWith } from '#lib/server/http/handle.ts';
import { startInstance } from '#lib/server/instance.ts';

/** The chosen appearance, from the cookie that the theme switch writes; the system's otherwise. */
function themeOf(cookie: string | undefined): string {
	return cookie === 'light' || cookie === 'dark' ? cookie : 'system';
}

/** The language of the page, in its messages and in `<html lang>`, and its appearance. */
const language: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, ({ request, locale }) =>
		resolve(
			{ ...event, request },
			{
				transformPageChunk: ({ html }) =>
					html.replace('%lang%', locale).replace('%theme%', themeOf(event.cookies.get('theme')))
			}
		)
	);

export const handle = sequence(
	handleWith(() => startInstance()),
	language
);

export const handleError = handleProblem;
