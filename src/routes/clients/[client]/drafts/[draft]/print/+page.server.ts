import { parseScheme } from '#lib/engine/scheme/validate.ts';
import { momentOf } from '#lib/server/clock.ts';
import { refuse } from '#lib/server/http/problem.ts';
import { clientDictionary } from '#lib/server/metrics/client-dictionary.ts';
import { loadMetrics } from '#lib/server/metrics/load-metrics.ts';
import { getDraft } from '#lib/server/schemes/find-schemes.ts';
import { schemeProblems } from '#lib/server/schemes/problems.ts';
import { listSchemeParameters } from '#lib/server/schemes/scheme-parameters.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	const draft = await getDraft(ctx, actor, params.draft);
	const { scheme, diagnostics } = parseScheme(draft.document);
	if (!scheme) {
		throw refuse(schemeProblems, 'document_not_scheme', {
			details: { count: diagnostics.length },
			diagnostics
		});
	}
	const [metrics, dictionary, parameters] = await Promise.all([
		loadMetrics(ctx.db.read),
		clientDictionary(ctx.db.read),
		listSchemeParameters(ctx, actor, scheme)
	]);
	return {
		draftId: draft.id,
		scheme,
		hash: draft.hash,
		metrics,
		dictionary,
		parameters,
		printedAt: momentOf(ctx.clock)
	};
};
