import { hasPermission } from '#lib/server/auth/permissions.ts';
import { clientDictionary } from '#lib/server/metrics/client-dictionary.ts';
import { findSimilar } from '#lib/server/metrics/find-similar.ts';
import { getMetric } from '#lib/server/metrics/find-metrics.ts';
import { metricUsage } from '#lib/server/metrics/metric-usage.ts';
import { retireMetric } from '#lib/server/metrics/retire-metric.ts';
import { findMissingRecords } from '#lib/server/records/find-missing-records.ts';
import { loadAllRecordTypes } from '#lib/server/records/record-types.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { redirect } from '@sveltejs/kit';
import { answer, textOf } from '../../../../form-answer.server.ts';
import { namesOfPeople, namesOfUnits } from '../people-choices.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	const metric = await getMetric(ctx, actor, { metricId: params.metric });
	const record = metric.definition.from_records?.record;
	const types = await loadAllRecordTypes(ctx.db.read);
	const definition = metric.definition as unknown as Json;
	const seesPeople = hasPermission(actor, 'people.read') || actor.unitId !== null;
	return {
		metric,
		dictionary: await clientDictionary(ctx.db.read),
		usage: await metricUsage(ctx.db.read, metric.id),
		recordType: record === undefined ? null : (types.get(record)?.definition ?? null),
		similar: await findSimilar(ctx, actor, { definition }),
		subjects: !seesPeople
			? []
			: metric.definition.grain === 'unit'
				? await namesOfUnits(ctx)
				: await namesOfPeople(ctx, actor),
		missing:
			record === undefined || !seesPeople ? [] : await findMissingRecords(ctx, actor, { record })
	};
};

export const actions: Actions = {
	retire: async ({ locals, params, request }) => {
		const { ctx, actor } = locals;
		const data = await request.formData();
		const done = await answer(() =>
			retireMetric(ctx, actor, {
				metricId: params.metric,
				revision: Number(textOf(data, 'revision'))
			})
		);
		if ('id' in done) redirect(303, `/clients/${ctx.clientId}/metrics`);
		return done;
	}
};
