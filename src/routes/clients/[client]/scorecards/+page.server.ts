import { hasPermission } from '#lib/server/auth/permissions.ts';
import { loadCoverage } from '#lib/server/metrics/metric-coverage.ts';
import { gradeNames } from './grade-names.server.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import { findRuns, findScorecards } from '#lib/server/scoring/find-scorecards.ts';
import { releaseScorecards, runScoring } from '#lib/server/scoring/run-scoring.ts';
import { answer, textOf } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
	depends('scoring:state');
	const { ctx, actor } = locals;
	const period = url.searchParams.get('period') ?? undefined;
	const seesOthers =
		hasPermission(actor, 'scorecard.read') || hasPermission(actor, 'scorecard.read_own_unit');
	const seesUnits =
		hasPermission(actor, 'people.list') || hasPermission(actor, 'people.read_own_unit');
	const [found, runs, units, coverage] = await Promise.all([
		findScorecards(ctx, actor, { limit: 1000, ...(period ? { period } : {}) }),
		seesOthers ? findRuns(ctx, actor) : [],
		seesUnits ? getUnits(ctx, actor) : [],
		loadCoverage(ctx.db.read)
	]);
	const latest =
		[...coverage.values()]
			.map(({ to }) => to.slice(0, 7))
			.sort()
			.at(-1) ?? null;
	const grades = await gradeNames(ctx.db.read, found.scorecards);
	return {
		found,
		grades,
		runs: runs.slice(0, 24),
		units,
		seesOthers,
		period: period ?? null,
		latest
	};
};

export const actions: Actions = {
	run: async ({ locals, request }) => {
		const data = await request.formData();
		return answer(async () => {
			await runScoring(locals.ctx, locals.actor, { period: textOf(data, 'period') });
			return { started: true };
		});
	},
	release: async ({ locals, request }) => {
		const data = await request.formData();
		return answer(async () => {
			await releaseScorecards(locals.ctx, locals.actor, { runId: textOf(data, 'run') });
			return { released: true };
		});
	}
};
