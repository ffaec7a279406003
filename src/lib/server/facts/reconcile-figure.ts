import { and, desc, eq, isNull } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { observations, reconciliations } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { RECONCILED } from './find-differences.ts';
import { factProblems } from './problems.ts';

export interface ReconcileFigure {
	/** The observation whose value holds. */
	readonly chosenId: number;
	/** The newest observation that was on screen: what was told since must be looked at first. */
	readonly seenId: number;
	readonly reason: string;
}

/**
 * Says which source holds. If it is not the one that counts already, its value is recorded again as
 * the newest fact; nothing of either source is lost. Repeating a decision changes nothing.
 */
export async function reconcileFigure(
	ctx: Context,
	actor: Actor,
	input: ReconcileFigure
): Promise<void> {
	admitActor(ctx, actor, 'fact.reconcile');
	const reason = input.reason.trim();
	if (reason === '') throw refuse(factProblems, 'reason_missing');
	await ctx.db.write(async (tx) => {
		const [chosen] = await tx
			.select()
			.from(observations)
			.where(and(eq(observations.id, input.chosenId), isNull(observations.withdrawnAt)));
		if (!chosen) throw refuse(commonProblems, 'not_found');
		const { subjectKind, subjectId, metric, period } = chosen;
		const ofFigure = and(
			eq(observations.subjectKind, subjectKind),
			eq(observations.subjectId, subjectId),
			eq(observations.metric, metric),
			eq(observations.period, period),
			isNull(observations.withdrawnAt)
		);
		const [newest] = await tx
			.select({ id: observations.id, value: observations.value, source: observations.source })
			.from(observations)
			.where(ofFigure)
			.orderBy(desc(observations.id))
			.limit(1);
		if (!newest) throw refuse(commonProblems, 'not_found');
		if (newest.source === RECONCILED && newest.value === chosen.value) return;
		if (newest.id > input.seenId) throw refuse(factProblems, 'newer_fact');
		const at = momentOf(ctx.clock);
		let lastId = newest.id;
		if (newest.value !== chosen.value) {
			const { id: _id, batchId: _batch, ...told } = chosen;
			const [added] = await tx
				.insert(observations)
				.values({
					...told,
					source: RECONCILED,
					evidence: reason,
					recordedAt: at,
					recordedBy: actor.userId
				})
				.returning({ id: observations.id });
			if (added) lastId = added.id;
		}
		await tx.insert(reconciliations).values({
			subjectKind,
			subjectId,
			metric,
			period,
			chosenId: chosen.id,
			lastId,
			reason,
			decidedAt: at,
			decidedBy: actor.userId
		});
		await recordEvent(tx, ctx, actor, {
			type: 'figure_reconciled',
			metric,
			period,
			subject: subjectId
		});
	});
}
