import { count, isNull } from 'drizzle-orm';
import { hasPermission } from '#lib/server/auth/permissions.ts';
import {
	employees,
	importBatches,
	scoringRuns,
	targetCycles,
	versions
} from '#lib/server/db/client/schema.ts';
import { loadCoverage } from '#lib/server/metrics/metric-coverage.ts';
import { loadMetrics } from '#lib/server/metrics/load-metrics.ts';
import { findMissingRecords } from '#lib/server/records/find-missing-records.ts';
import { listSchemes, listWaitingSubmissions } from '#lib/server/schemes/find-schemes.ts';
import { findScorecards } from '#lib/server/scoring/find-scorecards.ts';
import type { PageServerLoad } from './$types.js';

/** What the checklist and the tiles of the home page need, by what the person may see. */
export const load: PageServerLoad = async ({ locals }) => {
	const { ctx, actor } = locals;
	const read = ctx.db.read;
	const seesPeople = (['people.read', 'people.read_own_unit', 'people.read_self'] as const).some(
		(permission) => hasPermission(actor, permission)
	);
	const missing = seesPeople ? await findMissingRecords(ctx, actor) : [];
	const seesSchemes = hasPermission(actor, 'draft.read');
	const seesCards =
		hasPermission(actor, 'scorecard.read_self') || hasPermission(actor, 'scorecard.read_own_unit');
	const [people, metrics, coverage, published, imports, cycles, runs, schemes, waiting, cards] =
		await Promise.all([
			read.select({ n: count() }).from(employees).where(isNull(employees.withdrawnAt)),
			loadMetrics(read),
			loadCoverage(read),
			read.select({ n: count() }).from(versions),
			read.select({ n: count() }).from(importBatches),
			read.select({ n: count() }).from(targetCycles),
			read.select({ n: count() }).from(scoringRuns),
			seesSchemes ? listSchemes(ctx, actor) : [],
			seesSchemes ? listWaitingSubmissions(ctx, actor) : [],
			seesCards ? findScorecards(ctx, actor, { limit: 6 }) : null
		]);
	const drafts = schemes.flatMap((scheme) =>
		scheme.drafts.map((draft) => ({ ...draft, name: scheme.name }))
	);
	return {
		missing: missing.filter(({ missing: people }) => people.length > 0),
		counts: {
			people: people[0]?.n ?? 0,
			metrics: metrics.size,
			versions: published[0]?.n ?? 0,
			imports: imports[0]?.n ?? 0,
			cycles: cycles[0]?.n ?? 0,
			scoringRuns: runs[0]?.n ?? 0
		},
		latest:
			[...coverage.values()]
				.map(({ to }) => to.slice(0, 7))
				.sort()
				.at(-1) ?? null,
		drafts,
		waiting: waiting.map(({ id, submittedAt }) => ({ id, submittedAt })),
		/** Null for those who have none of their own and lead nobody. */
		cards: cards?.scorecards ?? null
	};
};
