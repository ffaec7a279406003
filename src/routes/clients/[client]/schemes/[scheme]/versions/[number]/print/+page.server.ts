import { momentOf } from '#lib/server/clock.ts';
import { clientDictionary } from '#lib/server/metrics/client-dictionary.ts';
import { listSchemeParameters } from '#lib/server/schemes/scheme-parameters.ts';
import { getVersion } from '#lib/server/versions/find-versions.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	const version = await getVersion(ctx, actor, {
		schemeId: params.scheme,
		number: Number(params.number)
	});
	const [dictionary, parameters] = await Promise.all([
		clientDictionary(ctx.db.read),
		listSchemeParameters(ctx, actor, version.document)
	]);
	const { schemeId, number, document, metrics, hash, effectiveFrom } = version;
	return {
		version: { schemeId, number, effectiveFrom },
		scheme: document,
		hash,
		metrics: new Map(metrics.map((metric) => [metric.id, metric])),
		dictionary,
		parameters,
		printedAt: momentOf(ctx.clock)
	};
};
