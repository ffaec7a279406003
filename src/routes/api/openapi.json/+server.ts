import { openApi } from '#lib/contract/openapi.ts';
import { ENGINE_VERSION } from '#lib/engine/version.ts';
import type { RequestHandler } from './$types';

/** The description of the interface, in the language of the reader. */
export const GET: RequestHandler = ({ locals }) =>
	Response.json(openApi(ENGINE_VERSION, locals.locale));
