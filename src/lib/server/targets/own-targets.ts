import { and, desc, eq, isNull } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { targetConfirmations, targets } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';

export interface OwnTarget {
	readonly id: number;
	readonly metric: string;
	readonly period: string;
	readonly value: number | null;
	readonly recordedAt: string;
	readonly confirmedAt: string | null;
}

/** The targets in force for the signed-in person, newest period first. */
export async function findOwnTargets(ctx: Context, actor: Actor): Promise<readonly OwnTarget[]> {
	admitActor(ctx, actor, 'target.read_self');
	if (actor.employeeId === null) return [];
	const rows = await ctx.db.read
		.select({
			id: targets.id,
			metric: targets.metric,
			period: targets.period,
			value: targets.value,
			recordedAt: targets.recordedAt,
			confirmedAt: targetConfirmations.confirmedAt
		})
		.from(targets)
		.leftJoin(targetConfirmations, eq(targetConfirmations.targetId, targets.id))
		.where(
			and(
				eq(targets.subjectKind, 'employee'),
				eq(targets.subjectId, actor.employeeId),
				isNull(targets.withdrawnAt)
			)
		)
		.orderBy(desc(targets.period), targets.metric, desc(targets.id));
	const seen = new Set<string>();
	return rows.filter(({ metric, period }) => {
		const key = `${metric} ${period}`;
		return seen.has(key) ? false : Boolean(seen.add(key));
	});
}

/** “I have read it”: once for each target, by the person it is for. */
export async function confirmTarget(
	ctx: Context,
	actor: Actor,
	input: { readonly targetId: number }
): Promise<void> {
	admitActor(ctx, actor, 'target.confirm');
	await ctx.db.write(async (tx) => {
		const [target] = await tx
			.select({ id: targets.id, subjectKind: targets.subjectKind, subjectId: targets.subjectId })
			.from(targets)
			.where(eq(targets.id, input.targetId));
		const isOwn = target?.subjectKind === 'employee' && target.subjectId === actor.employeeId;
		if (!isOwn) throw refuse(commonProblems, 'not_found');
		const [before] = await tx
			.select({ targetId: targetConfirmations.targetId })
			.from(targetConfirmations)
			.where(eq(targetConfirmations.targetId, input.targetId));
		if (before) return;
		await tx.insert(targetConfirmations).values({
			targetId: input.targetId,
			confirmedAt: momentOf(ctx.clock),
			confirmedBy: actor.userId
		});
		await recordEvent(tx, ctx, actor, { type: 'target_confirmed', target: input.targetId });
	});
}
