import { findMetrics } from '#lib/server/metrics/find-metrics.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => ({
	metrics: await findMetrics(locals.ctx, locals.actor)
});
