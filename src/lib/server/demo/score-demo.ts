import { count } from 'drizzle-orm';
import { addMonths, periodsIn } from '#lib/contract/periods.ts';
import type { GeneratorSpec } from '#lib/packs/generator-spec.ts';
import { systemActor, type Context } from '../context.ts';
import { scoringRuns } from '../db/client/schema.ts';
import { releaseScorecards, runScoring } from '../scoring/run-scoring.ts';

const MONTHS = 12;

/**
 * Last year's scorecards of a demo client, by the versions that were in force: scored and released
 * month by month the way HR does it, so that everybody who signs in finds something of their own. A
 * client that has scorecards is left as it is.
 */
export async function scoreLastYear(ctx: Context, spec: GeneratorSpec): Promise<void> {
	if (spec.inForce.length === 0 || (await hasScorecards(ctx))) return;
	const actor = systemActor(ctx.clientId);
	const range = { from: addMonths(spec.to, 1 - MONTHS), to: spec.to };
	for (const period of periodsIn(range, 'month')) {
		const { id, ended } = await runScoring(ctx, actor, { period });
		const { status } = await ended;
		if (status === 'done') await releaseScorecards(ctx, actor, { runId: id });
	}
}

async function hasScorecards(ctx: Context): Promise<boolean> {
	const [row] = await ctx.db.read.select({ runs: count() }).from(scoringRuns);
	return (row?.runs ?? 0) > 0;
}
