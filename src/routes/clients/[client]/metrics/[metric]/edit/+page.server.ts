import { getMetric } from '#lib/server/metrics/find-metrics.ts';
import { metricUsage } from '#lib/server/metrics/metric-usage.ts';
import { loadEditor, saveForm } from '../../metric-form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	const editor = await loadEditor(ctx, actor);
	const metric = await getMetric(ctx, actor, { metricId: params.metric });
	return { ...editor, metric, usage: await metricUsage(ctx.db.read, metric.id) };
};

export const actions: Actions = {
	default: ({ locals, request }) => saveForm(locals, request)
};
