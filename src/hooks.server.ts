import { sequence } from '@sveltejs/kit/hooks';
import type { Handle } from '@sveltejs/kit';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { handleProblem, handleWith } from '#lib/server/http/handle.ts';
import { startInstance } from '#lib/server/instance.ts';

/** The language of the page, in its messages and in `<html lang>`. */
const language: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, ({ request, locale }) =>
		resolve(
			{ ...event, request },
			{ transformPageChunk: ({ html }) => html.replace('%lang%', locale) }
		)
	);

export const handle = sequence(
	handleWith(() => startInstance()),
	language
);

export const handleError = handleProblem;
