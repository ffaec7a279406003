import { clientDictionary } from '#lib/server/metrics/client-dictionary.ts';
import { getMetric } from '#lib/server/metrics/find-metrics.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => {
	const metric = await getMetric(locals.ctx, locals.actor, { metricId: params.metric });
	return { metric, dictionary: await clientDictionary(locals.ctx.db.read) };
};
