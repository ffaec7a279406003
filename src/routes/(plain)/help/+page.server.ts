import { importDiagnostics } from '#lib/server/imports/diagnostics.ts';
import { entriesOf } from './catalogue.ts';
import type { PageServerLoad } from './$types.js';

/** Findings of imports live on the server; the page adds those of the engine and the packs. */
export const load: PageServerLoad = () => ({ importFindings: entriesOf(importDiagnostics) });
