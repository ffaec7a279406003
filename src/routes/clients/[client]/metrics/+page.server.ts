import { hasPermission } from '#lib/server/auth/permissions.ts';
import { findMetrics } from '#lib/server/metrics/find-metrics.ts';
import { findMissingRecords } from '#lib/server/records/find-missing-records.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => {
	const { ctx, actor } = locals;
	const metrics = await findMetrics(ctx, actor);
	const missing = hasPermission(actor, 'people.read') ? await findMissingRecords(ctx, actor) : [];
	return { metrics, missing };
};
