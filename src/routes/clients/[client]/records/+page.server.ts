import { hasPermission } from '#lib/server/auth/permissions.ts';
import { findCorrections } from '#lib/server/records/find-corrections.ts';
import { findMissingRecords } from '#lib/server/records/find-missing-records.ts';
import { findRecordTypes } from '#lib/server/records/find-records.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => {
	const { ctx, actor } = locals;
	const types = await findRecordTypes(ctx, actor);
	const seesAll = hasPermission(actor, 'people.read');
	return {
		types: types.filter(({ retired }) => !retired),
		missing: await findMissingRecords(ctx, actor),
		waiting: seesAll
			? (await findCorrections(ctx, actor)).pending.map(({ type, month, figures }) => ({
					type,
					month,
					figures: figures.length
				}))
			: []
	};
};
