/** What the pages that edit a metric need, and the action that saves it. */
import { error, redirect } from '@sveltejs/kit';
import type { Context, Actor } from '#lib/server/context.ts';
import { hasPermission } from '#lib/server/auth/permissions.ts';
import { clientDictionary } from '#lib/server/metrics/client-dictionary.ts';
import { loadMetrics } from '#lib/server/metrics/load-metrics.ts';
import { saveMetric } from '#lib/server/metrics/save-metric.ts';
import { loadRecordTypes } from '#lib/server/records/record-types.ts';
import { answer, textOf } from '../../../form-answer.server.ts';

/** Other metrics, record types and variables to choose from. */
export async function loadEditor(ctx: Context, actor: Actor) {
	if (actor.clientId !== ctx.clientId || !hasPermission(actor, 'metric.edit')) error(404);
	const [metrics, types, dictionary] = await Promise.all([
		loadMetrics(ctx.db.read),
		loadRecordTypes(ctx.db.read),
		clientDictionary(ctx.db.read)
	]);
	return {
		metrics: [...metrics.values()].map(({ id, name, unit }) => ({ id, name, unit })),
		recordTypes: [...types].map(([id, { definition }]) => ({ id, definition })),
		dictionary
	};
}

/** Saves the metric of a form and leads to it; a refusal comes back to the form. */
export async function saveForm(
	{ ctx, actor }: { readonly ctx: Context; readonly actor: Actor },
	request: Request
) {
	const data = await request.formData();
	const done = await answer(() =>
		saveMetric(ctx, actor, {
			definition: parsed(textOf(data, 'definition')),
			revision: Number(textOf(data, 'revision'))
		})
	);
	if ('id' in done) redirect(303, `/clients/${ctx.clientId}/metrics/${done.id}`);
	return done;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return null;
	}
}
