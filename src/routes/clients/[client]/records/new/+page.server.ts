import { error } from '@sveltejs/kit';
import { hasPermission } from '#lib/server/auth/permissions.ts';
import { saveTypeForm } from '../type-form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = ({ locals }) => {
	if (!hasPermission(locals.actor, 'metric.edit')) error(404);
};

export const actions: Actions = {
	save: ({ locals, request }) => saveTypeForm(locals, request)
};
