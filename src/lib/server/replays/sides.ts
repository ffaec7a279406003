/** The two sides of a replay: the draft, and the version it is compared with. */
import { periodsIn, shiftPeriod, periodOf } from '#lib/contract/periods.ts';
import type { PeriodRange } from '#lib/contract/base.ts';
import { capacityPath } from '#lib/engine/analyse/capacities.ts';
import { dataNeeds } from '#lib/engine/analyse/needs.ts';
import { parseRulesOf } from '#lib/engine/analyse/parsed.ts';
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Dictionary } from '#lib/engine/logic/rule.ts';
import type { PeriodLength, SchemeDocument } from '#lib/engine/scheme/document.ts';
import { schemeHash } from '#lib/engine/scheme/hash.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import type { Guardrails } from '#lib/engine/replay/checks.ts';
import { desc, isNull, sql } from 'drizzle-orm';
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
	readonly metrics: ReadonlyMap<string, MetricDefinition>;
	readonly dictionary: Dictionary;
	/** Variables that either side reads, and those that the checker compares with. */
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
	const paths = new Set(documents.flatMap((one) => pathsOf(one, metrics)));
	return {
		draft: scheme,
		draftHash: schemeHash(scheme),
		baseline,
		metrics,
		dictionary,
		paths: [...paths].sort()
	};
}

/** What scoring reads, what derived figures are made of, and what targets are compared with. */
export function pathsOf(
	scheme: SchemeDocument,
	metrics: ReadonlyMap<string, MetricDefinition>
): string[] {
	const { needs } = dataNeeds(parseRulesOf(scheme), metrics);
	const compared = scheme.items.flatMap(({ metric }) => [
		`metric.${metric}`,
		`target.${metric}`,
		capacityPath(metric)
	]);
	return [...prepareScheme(scheme).paths, ...needs.map(({ path }) => path), ...compared];
}

function unsound(diagnostics: readonly Diagnostic[]) {
	const errors = diagnostics.filter(({ severity }) => severity === 'error');
	return refuse(replayProblems, 'draft_unsound', {
		details: { count: errors.length },
		diagnostics
	});
}

/** Periods that a preview and a fresh replay page start with; refused before the first figures. */
export async function defaultRange(
	queries: Queries,
	length: PeriodLength,
	settings: Pick<ClientSettings, 'fiscalMonth'>
): Promise<PeriodRange> {
	const range = await findDefaultRange(queries, length, settings);
	if (!range) throw refuse(replayProblems, 'history_empty');
	return range;
}

/** A year up to the newest figures; null where the client has none yet. */
export async function findDefaultRange(
	queries: Queries,
	length: PeriodLength,
	settings: Pick<ClientSettings, 'fiscalMonth'>
): Promise<PeriodRange | null> {
	const [row] = await queries
		.select({ last: sql<string | null>`substr(${observations.period}, 1, 7)` })
		.from(observations)
		.where(isNull(observations.withdrawnAt))
		// The newest period by the index: a maximum of parts would read every figure there is.
		.orderBy(desc(observations.period))
		.limit(1);
	const last = row?.last ?? null;
	if (last === null || !/^\d{4}-\d{2}$/.test(last)) return null;
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
