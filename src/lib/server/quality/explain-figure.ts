import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { anomalyNotes } from '../db/client/schema.ts';
import { factProblems } from '../facts/problems.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { loadPeople } from '../people/history.ts';
import { assertCovers, scopeOf, todayOf } from '../people/scope.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { readSettings } from '../settings/client-settings.ts';
import { CAUSES } from './find-odd-figures.ts';

export interface ExplainFigure {
	readonly employeeId: string;
	readonly metric: string;
	readonly month: string;
	readonly cause: string;
	readonly reason: string;
	readonly evidence?: string | null;
}

/** Says why a figure is as it is; a cause is always named. The newest explanation counts. */
export async function explainFigure(
	ctx: Context,
	actor: Actor,
	input: ExplainFigure
): Promise<void> {
	admitActor(ctx, actor, 'anomaly.explain', 'anomaly.explain_own_unit');
	const cause = CAUSES.find((known) => known === input.cause);
	if (!cause) throw refuse(factProblems, 'cause_unknown');
	const reason = input.reason.trim();
	if (reason === '') throw refuse(factProblems, 'reason_missing');
	const [people, tree] = [await loadPeople(ctx.db.read), await loadUnits(ctx.db.read)];
	const today = todayOf(ctx, await readSettings(ctx.db.read));
	const scope = scopeOf(actor, people, tree, today, {
		all: 'anomaly.explain',
		ownUnit: 'anomaly.explain_own_unit',
		// Nobody explains one's own figures away.
		self: 'anomaly.explain'
	});
	assertCovers(scope, input.employeeId);
	const { employeeId, metric, month } = input;
	await ctx.db.write(async (tx) => {
		if (!(await loadMetrics(tx)).has(metric)) throw refuse(commonProblems, 'not_found');
		await tx.insert(anomalyNotes).values({
			employeeId,
			metric,
			period: month,
			cause,
			reason: reason.slice(0, 2000),
			evidence: input.evidence?.trim() || null,
			writtenAt: momentOf(ctx.clock),
			writtenBy: actor.userId
		});
		await recordEvent(tx, ctx, actor, {
			type: 'anomaly_explained',
			metric,
			period: month,
			subject: employeeId,
			cause
		});
	});
}
