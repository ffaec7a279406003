import { redirect } from '@sveltejs/kit';
import { requirePermission } from '#lib/server/auth/permissions.ts';
import { getHandOver } from '#lib/server/hand-over/get-hand-over.ts';
import { findOpenExports } from '#lib/server/hand-over/open-exports.ts';
import { commitRead, readExports, setAside } from '../exports.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => {
	const { ctx, actor } = locals;
	requirePermission(actor, 'import.edit');
	const [state, waiting] = await Promise.all([
		getHandOver(ctx, actor),
		findOpenExports(ctx, actor, ['people'])
	]);
	return { state, waiting };
};

export const actions: Actions = {
	read: readExports,
	setAside,
	commit: async (event) => {
		const result = await commitRead(event);
		if (!('committed' in result)) return result;
		redirect(303, `/clients/${event.params.client}/hand-over/history`);
	}
};
