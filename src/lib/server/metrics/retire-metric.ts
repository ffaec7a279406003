import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { metrics } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { loadMetricRevisions } from './load-metrics.ts';
import { metricUsage } from './metric-usage.ts';
import { metricProblems } from './problems.ts';

export interface RetireMetric {
	readonly metricId: string;
	/** The revision that was seen. */
	readonly revision: number;
}

/**
 * Takes a metric out of the library. Its figures stay, and published versions keep the definition
 * they were published with. Refused while another metric or an open draft is made from it.
 */
export async function retireMetric(
	ctx: Context,
	actor: Actor,
	input: RetireMetric
): Promise<{ readonly id: string; readonly revision: number }> {
	admitActor(ctx, actor, 'metric.edit');
	return ctx.db.write(async (tx) => {
		const known = (await loadMetricRevisions(tx)).get(input.metricId);
		if (!known) throw refuse(commonProblems, 'not_found');
		if (known.revision !== input.revision) {
			throw refuse(metricProblems, 'metric_stale', {
				details: { seen: input.revision, current: known.revision },
				current: known.definition
			});
		}
		const usage = await metricUsage(tx, input.metricId);
		const users = [
			...usage.metrics.map(({ id }) => id),
			...usage.drafts.map(({ scheme }) => scheme)
		];
		if (users.length > 0) {
			throw refuse(metricProblems, 'metric_used', {
				details: { metric: input.metricId, users: users.join(', ') }
			});
		}
		const revision = known.revision + 1;
		await tx.insert(metrics).values({
			id: input.metricId,
			revision,
			definition: known.definition,
			hash: known.hash,
			origin: known.origin,
			retired: true,
			recordedAt: momentOf(ctx.clock),
			recordedBy: actor.userId
		});
		await recordEvent(tx, ctx, actor, { type: 'metric_retired', metric: input.metricId, revision });
		return { id: input.metricId, revision };
	});
}
