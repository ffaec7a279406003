import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { periodsIn, lengthOfPeriod } from '#lib/contract/periods.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { targetCycles } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { cycleSettings, readCycle, type CycleSettings } from './cycle.ts';
import { targetProblems } from './problems.ts';

export interface OpenCycle {
	readonly name: LocalText;
	/** First and last period, of one length: `2026-01` to `2026-03`. */
	readonly periodFrom: string;
	readonly periodTo: string;
	readonly metrics: readonly string[];
	/** Day by which heads submit. */
	readonly dueOn?: string | null;
	readonly settings?: Partial<CycleSettings>;
}

/** Opens a round of target setting. */
export async function openCycle(
	ctx: Context,
	actor: Actor,
	input: OpenCycle
): Promise<{ readonly id: string }> {
	admitActor(ctx, actor, 'target_cycle.manage');
	assertRange(input);
	return ctx.db.write(async (tx) => {
		const known = await loadMetrics(tx);
		for (const metric of input.metrics) {
			if (!known.has(metric)) {
				throw refuse(targetProblems, 'cycle_metric_unknown', { details: { metric } });
			}
		}
		const id = ctx.ids.make();
		await tx.insert(targetCycles).values({
			id,
			name: input.name,
			periodFrom: input.periodFrom,
			periodTo: input.periodTo,
			metrics: [...new Set(input.metrics)],
			settings: v.parse(cycleSettings, input.settings ?? {}),
			dueOn: input.dueOn ?? null,
			openedAt: momentOf(ctx.clock),
			openedBy: actor.userId
		});
		await recordEvent(tx, ctx, actor, {
			type: 'cycle_opened',
			cycle: id,
			from: input.periodFrom,
			to: input.periodTo
		});
		return { id };
	});
}

function assertRange({ periodFrom, periodTo }: OpenCycle): void {
	const length = lengthOfPeriod(periodFrom);
	const isSound =
		length !== null &&
		length !== 'day' &&
		length === lengthOfPeriod(periodTo) &&
		periodsIn({ from: periodFrom, to: periodTo }, length).length > 0;
	if (!isSound) {
		throw refuse(targetProblems, 'cycle_range', { details: { from: periodFrom, to: periodTo } });
	}
}

/** Closes a round: nothing more is proposed or decided in it. Repeating it changes nothing. */
export async function closeCycle(
	ctx: Context,
	actor: Actor,
	input: { readonly cycleId: string }
): Promise<void> {
	admitActor(ctx, actor, 'target_cycle.manage');
	await ctx.db.write(async (tx) => {
		const cycle = await readCycle(tx, input.cycleId);
		if (cycle.closedAt !== null) return;
		await tx
			.update(targetCycles)
			.set({ closedAt: momentOf(ctx.clock), closedBy: actor.userId })
			.where(eq(targetCycles.id, cycle.id));
		await recordEvent(tx, ctx, actor, { type: 'cycle_closed', cycle: cycle.id });
	});
}
