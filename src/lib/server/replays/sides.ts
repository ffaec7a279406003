/** The two sides of a replay: the draft, and the version it is compared with. */
import { periodsIn, shiftPeriod, periodOf } from '#lib/contract/periods.ts';
import type { PeriodRange } from '#lib/contract/base.ts';
import { analyseScheme } from '#lib/engine/analyse/analyse.ts';
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Dictionary } from '#lib/engine/logic/rule.ts';
import type { PeriodLength, SchemeDocument } from '#lib/engine/scheme/document.ts';
import { schemeHash } from '#lib/engine/scheme/hash.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import type { Guardrails } from '#lib/engine/replay/checks.ts';
import { isNull, sql } from 'drizzle-orm';
import { observations } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { clientDictionary } from '../metrics/client-dictionary.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import type { ClientSettings } from '../settings/client-settings.ts';
import { readVersion } from '../versions/read.ts';
import { replayProblems } from './problems.ts';

export interface ReplaySides {
	readonly draft: SchemeDocument;
	readonly draftHash: string;
	readonly baseline: {
		readonly document: SchemeDocument;
		readonly number: number;
		readonly hash: string;
	} | null;
	/** What the checker says of the draft; errors among them fail a check of the replay. */
	readonly findings: readonly Diagnostic[];
	readonly metrics: ReadonlyMap<string, MetricDefinition>;
	readonly dictionary: Dictionary;
	/** Variables that either side reads. */
	readonly paths: readonly string[];
}

/** Reads both sides. A document that is no scheme at all is refused with its findings. */
export async function readSides(
	queries: Queries,
	schemeId: string,
	document: unknown,
	baseVersion: number | null
): Promise<ReplaySides> {
	const metrics = await loadMetrics(queries);
	const dictionary = await clientDictionary(queries);
	const { scheme, diagnostics } = parseScheme(document, { metrics, dictionary });
	if (!scheme) throw unsound(diagnostics);
	const version = baseVersion === null ? null : await readVersion(queries, schemeId, baseVersion);
	const baseline = version
		? { document: version.document, number: version.number, hash: version.documentHash }
		: null;
	const documents = baseline ? [scheme, baseline.document] : [scheme];
	const paths = new Set(documents.flatMap((one) => prepareScheme(one).paths));
	return {
		draft: scheme,
		draftHash: schemeHash(scheme),
		baseline,
		findings: analyseScheme(scheme, {
			metrics,
			dictionary,
			...(version ? { baseline: version.document } : {})
		}).diagnostics,
		metrics,
		dictionary,
		paths: [...paths].sort()
	};
}

function unsound(diagnostics: readonly Diagnostic[]) {
	const errors = diagnostics.filter(({ severity }) => severity === 'error');
	return refuse(replayProblems, 'draft_unsound', {
		details: { count: errors.length },
		diagnostics
	});
}

/** Periods that a preview and a fresh replay page start with: a year up to the newest figures. */
export async function defaultRange(
	queries: Queries,
	length: PeriodLength,
	settings: Pick<ClientSettings, 'fiscalMonth'>
): Promise<PeriodRange> {
	const [row] = await queries
		.select({ last: sql<string | null>`max(substr(${observations.period}, 1, 7))` })
		.from(observations)
		.where(isNull(observations.withdrawnAt));
	const last = row?.last ?? null;
	if (last === null || !/^\d{4}-\d{2}$/.test(last)) throw refuse(replayProblems, 'history_empty');
	const to = periodOf(last, length, settings.fiscalMonth);
	const count = { month: 12, quarter: 8, half: 4, year: 3 }[length];
	return { from: shiftPeriod(to, 1 - count), to };
}

/** The periods of a range in the length of a scheme. */
export function periodsOfRange(
	range: PeriodRange,
	length: PeriodLength,
	settings: Pick<ClientSettings, 'fiscalMonth'>
): string[] {
	return periodsIn(range, length, settings.fiscalMonth);
}

/** The client's limits as the engine takes them. */
export function guardrailsOf({ guardrails }: Pick<ClientSettings, 'guardrails'>): Guardrails {
	const { largestFall, gradeDownShare, payoutGrowth, coverage, unitMeanDelta } = guardrails;
	return {
		...(largestFall === undefined ? {} : { largest_fall: largestFall }),
		...(gradeDownShare === undefined ? {} : { grade_down_share: gradeDownShare }),
		...(payoutGrowth === undefined ? {} : { payout_growth: payoutGrowth }),
		...(coverage === undefined ? {} : { coverage }),
		...(unitMeanDelta === undefined ? {} : { unit_mean_delta: unitMeanDelta })
	};
}
