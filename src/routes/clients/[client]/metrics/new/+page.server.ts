import { loadEditor, saveForm } from '../metric-form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = ({ locals }) => loadEditor(locals.ctx, locals.actor);

export const actions: Actions = {
	default: ({ locals, request }) => saveForm(locals, request)
};
