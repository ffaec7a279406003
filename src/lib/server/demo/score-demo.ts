/**
 * Last year's scorecards of the demo clients, by the versions that were in force: scored and released
 * month by month the way HR does it, so that everybody who signs in finds something of their own.
 */
import { count } from 'drizzle-orm';
import { addMonths, periodsIn } from '#lib/contract/periods.ts';
import { systemActor, type Context } from '../context.ts';
import { scoringRuns } from '../db/client/schema.ts';
import { clientContext, type Instance } from '../instance.ts';
import { releaseScorecards, runScoring } from '../scoring/run-scoring.ts';
import { worldsOf, type SeedDemoOptions } from './seed-demo.ts';

const MONTHS = 12;

/** Scores the last year of figures of each demo client that has no scorecards yet. */
export async function scoreDemo(
	instance: Pick<Instance, 'clock' | 'ids' | 'databases'>,
	options: SeedDemoOptions = {}
): Promise<void> {
	for (const { spec } of await worldsOf(options)) {
		const ctx = await clientContext(instance, spec.client.id);
		if (spec.inForce.length === 0 || (await hasScorecards(ctx))) continue;
		const actor = systemActor(spec.client.id);
		const range = { from: addMonths(spec.to, 1 - MONTHS), to: spec.to };
		for (const period of periodsIn(range, 'month')) {
			const { id, ended } = await runScoring(ctx, actor, { period });
			const { status } = await ended;
			if (status === 'done') await releaseScorecards(ctx, actor, { runId: id });
		}
	}
}

async function hasScorecards(ctx: Context): Promise<boolean> {
	const [row] = await ctx.db.read.select({ runs: count() }).from(scoringRuns);
	return (row?.runs ?? 0) > 0;
}
