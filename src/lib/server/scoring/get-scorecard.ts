import { eq } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject, Value } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { explainScorecard, type ScorecardExplanation } from '#lib/engine/score/explain.ts';
import type { Scorecard } from '#lib/engine/score/scorecard.ts';
import { prepareScheme, scoreRow } from '#lib/engine/score/score-row.ts';
import { findWayUp, type WayUp } from '#lib/engine/score/way-up.ts';
import type { Actor, Context } from '../context.ts';
import { scorecards, scoringRuns } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { maySeePay, PAY_ATTRIBUTES } from '../people/pay.ts';
import { assertCovers } from '../people/scope.ts';
import { readVersion } from '../versions/read.ts';
import { loadCaveats, type Caveats } from './caveats.ts';
import { scorecardView, type ScorecardSummary } from './find-scorecards.ts';
import { fromMinor } from './money.ts';

export interface ScorecardRecord extends ScorecardSummary {
	readonly scheme: { readonly id: string; readonly name: LocalText } | null;
	readonly versionHash: string | null;
	readonly datasetHash: string | null;
	readonly engineVersion: string | null;
	readonly hash: string;
	readonly createdAt: string;
	/** Items, adjustments, gates, reasons and insights as they were stored. */
	readonly scorecard: Omit<Scorecard, 'payout'>;
	/** The figures it was scored from; pay is absent for those who may not see it. */
	readonly inputs: JsonObject;
	readonly metrics: readonly MetricDefinition[];
	/** In both languages, rule by rule; null for those in no scheme. */
	readonly explanation: ScorecardExplanation | null;
	/** What single change would reach the next grade. */
	readonly wayUp: WayUp | null;
	readonly caveats: Caveats;
	/** Scored again from what is stored, the result is the same to the bit. */
	readonly isReproduced: boolean;
}

/** One scorecard with its reasons. An employee sees it once its run was released. */
export async function getScorecard(
	ctx: Context,
	actor: Actor,
	input: { readonly scorecardId: string }
): Promise<ScorecardRecord> {
	const view = await scorecardView(ctx, actor);
	const [found] = await ctx.db.read
		.select({ card: scorecards, run: scoringRuns })
		.from(scorecards)
		.innerJoin(scoringRuns, eq(scoringRuns.id, scorecards.runId))
		.where(eq(scorecards.id, input.scorecardId));
	if (!found) throw refuse(commonProblems, 'not_found');
	const { card, run } = found;
	assertCovers(view.scope, card.employeeId);
	if (run.releasedAt === null && !view.seesUnreleased) throw refuse(commonProblems, 'not_found');

	const seesPay = maySeePay(actor, view.settings, card.employeeId);
	const version =
		card.schemeId !== null && card.version !== null
			? await readVersion(ctx.db.read, card.schemeId, card.version)
			: null;
	const stored = card.detail as unknown as Omit<Scorecard, 'payout'>;
	const explained = version
		? explain(version, card.inputs, view.settings.fiscalMonth, seesPay)
		: { explanation: null, wayUp: null, again: null };
	return {
		id: card.id,
		runId: card.runId,
		employeeId: card.employeeId,
		name: view.people.all.get(card.employeeId)?.name ?? card.employeeId,
		unitId: card.unitId,
		period: card.period,
		schemeId: card.schemeId,
		version: card.version,
		status: card.status,
		score: card.score,
		grade: card.grade,
		payout: seesPay ? fromMinor(card.payoutMinor, card.currency) : null,
		currency: seesPay ? card.currency : null,
		released: run.releasedAt !== null,
		scheme: version ? { id: version.schemeId, name: version.document.name } : null,
		versionHash: card.versionHash,
		datasetHash: run.datasetHash,
		engineVersion: run.engineVersion,
		hash: card.hash,
		createdAt: card.createdAt,
		scorecard: stored,
		inputs: seesPay ? card.inputs : withoutPay(card.inputs),
		metrics: version?.metrics ?? [],
		caveats: await loadCaveats(
			ctx.db.read,
			card,
			version?.metrics ?? [],
			view.settings.fiscalMonth
		),
		explanation: explained.explanation,
		wayUp: explained.wayUp,
		isReproduced: explained.again === null || isSame(explained.again, stored)
	};
}

function explain(
	version: { readonly document: SchemeDocument; readonly metrics: readonly MetricDefinition[] },
	inputs: JsonObject,
	fiscalMonth: number,
	seesPay: boolean
) {
	const { payout: _payout, ...payless } = version.document;
	const prepared = prepareScheme(seesPay ? version.document : payless);
	const variables = new Map<string, Value>(Object.entries(inputs));
	const metrics = new Map(version.metrics.map((metric) => [metric.id, metric]));
	const again = scoreRow(prepared, variables, { fiscalMonth });
	return {
		again,
		explanation: explainScorecard(prepared, variables, again, { metrics, fiscalMonth }),
		wayUp: findWayUp(prepared, variables, { metrics, fiscalMonth })
	};
}

function isSame(again: Scorecard, stored: Omit<Scorecard, 'payout'>): boolean {
	const { payout: _again, ...result } = again;
	return JSON.stringify(result) === JSON.stringify(stored);
}

function withoutPay(inputs: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(inputs).filter(([path]) => !PAY_ATTRIBUTES.has(path.replace(/^employee\./, '')))
	) as Record<string, Json>;
}
