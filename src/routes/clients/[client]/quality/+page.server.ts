import { addMonths } from '#lib/contract/periods.ts';
import { hasPermission } from '#lib/server/auth/permissions.ts';
import { findDifferences } from '#lib/server/facts/find-differences.ts';
import { reconcileFigure } from '#lib/server/facts/reconcile-figure.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import { todayOf } from '#lib/server/people/scope.ts';
import { explainFigure } from '#lib/server/quality/explain-figure.ts';
import { findCoverage, findHoles } from '#lib/server/quality/find-coverage.ts';
import { findLateFigures } from '#lib/server/quality/find-late-figures.ts';
import { findOddFigures } from '#lib/server/quality/find-odd-figures.ts';
import { loadMetrics } from '#lib/server/metrics/load-metrics.ts';
import { readSettings } from '#lib/server/settings/client-settings.ts';
import { answer, textOf } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

const VIEWS = ['coverage', 'odd', 'sources', 'late'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { ctx, actor } = locals;
	const seesAll = hasPermission(actor, 'fact.read');
	const offered = seesAll ? VIEWS : (['odd'] as const);
	const asked = url.searchParams.get('view');
	const view = offered.find((one) => one === asked) ?? offered[0];
	const today = todayOf(ctx, await readSettings(ctx.db.read));
	const given = url.searchParams.get('month') ?? '';
	const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(given) ? given : addMonths(today.slice(0, 7), -1);
	const unitId = url.searchParams.get('unit') ?? '';
	const within = unitId ? { unitId } : {};
	const hole = url.searchParams.get('hole')?.split('~') ?? [];
	const [metric, holeMonth] = hole;
	const metrics = await loadMetrics(ctx.db.read);
	return {
		view,
		views: [...offered],
		month,
		unitId,
		units: await getUnits(ctx, actor),
		coverage: view === 'coverage' ? await findCoverage(ctx, actor, { to: month, ...within }) : null,
		holes:
			view === 'coverage' && metric !== undefined && holeMonth !== undefined
				? {
						metric,
						month: holeMonth,
						people: await findHoles(ctx, actor, { to: month, ...within, metric, month: holeMonth })
					}
				: null,
		odd: view === 'odd' ? await findOddFigures(ctx, actor, { month }) : [],
		differences: seesAll ? await findDifferences(ctx, actor) : [],
		late: view === 'late' ? await findLateFigures(ctx, actor) : [],
		metricNames: Object.fromEntries(
			[...metrics.values()].map(({ id, name, unit }) => [id, { name, unit }])
		)
	};
};

export const actions: Actions = {
	explain: async ({ locals, request }) => {
		const data = await request.formData();
		return answer(async () => {
			await explainFigure(locals.ctx, locals.actor, {
				employeeId: textOf(data, 'employee'),
				metric: textOf(data, 'metric'),
				month: textOf(data, 'month'),
				cause: textOf(data, 'cause'),
				reason: textOf(data, 'reason'),
				evidence: textOf(data, 'evidence')
			});
			return { explained: true };
		});
	},
	reconcile: async ({ locals, request }) => {
		const data = await request.formData();
		return answer(async () => {
			await reconcileFigure(locals.ctx, locals.actor, {
				chosenId: Number(textOf(data, 'chosen')),
				seenId: Number(textOf(data, 'seen')),
				reason: textOf(data, 'reason')
			});
			return { reconciled: true };
		});
	}
};
