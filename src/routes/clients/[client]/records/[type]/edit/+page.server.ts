import { error } from '@sveltejs/kit';
import { hasPermission } from '#lib/server/auth/permissions.ts';
import { findRecordTypes } from '#lib/server/records/find-records.ts';
import { saveTypeForm } from '../../type-form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => {
	if (!hasPermission(locals.actor, 'metric.edit')) error(404);
	const types = await findRecordTypes(locals.ctx, locals.actor);
	const type = types.find(({ id, retired }) => id === params.type && !retired);
	if (!type) error(404);
	return { type };
};

export const actions: Actions = {
	save: ({ locals, request }) => saveTypeForm(locals, request)
};
