import { inputDiagnostics } from '#lib/server/http/api-route.ts';
import { importDiagnostics } from '#lib/server/imports/diagnostics.ts';
import { entriesOf } from './catalogue.ts';
import type { PageServerLoad } from './$types.js';

/** Findings of imports and requests live on the server; the page adds the engine's and the packs'. */
export const load: PageServerLoad = () => ({
	serverFindings: entriesOf({ ...importDiagnostics, ...inputDiagnostics })
});
