import { findUserNames } from '#lib/server/auth/memberships.ts';
import { findImports } from '#lib/server/imports/get-import.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => {
	const [imports, names] = await Promise.all([
		findImports(locals.ctx, locals.actor),
		findUserNames(locals.control)
	]);
	return {
		imports: imports.map((batch) => ({
			...batch,
			by: names.get(batch.createdBy) ?? batch.createdBy
		}))
	};
};
