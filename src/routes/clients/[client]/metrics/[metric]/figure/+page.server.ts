import * as v from 'valibot';
import { error } from '@sveltejs/kit';
import { figureQuery } from '#lib/contract/records.ts';
import { readSettings } from '#lib/server/settings/client-settings.ts';
import { getFigure } from '#lib/server/records/get-figure.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { ctx, actor } = locals;
	const asked = v.safeParse(figureQuery, Object.fromEntries(url.searchParams));
	if (!asked.success) error(404);
	const [figure, { currency }] = await Promise.all([
		getFigure(ctx, actor, { ...asked.output, metricId: params.metric }),
		readSettings(ctx.db.read)
	]);
	return { figure, currency };
};
