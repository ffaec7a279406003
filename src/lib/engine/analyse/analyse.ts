/**
 * Everything that can be known about a scheme before anyone is scored: the checker that designer,
 * replay, command line and API show. Without a history it needs nothing but the document.
 */
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Dictionary, Json } from '../logic/rule.ts';
import { dictionaryOf, placeDictionary } from '../scheme/variables.ts';
import type { SchemeDocument } from '../scheme/document.ts';
import type { MetricDefinition } from '../scheme/metric.ts';
import { rulesOf } from '../scheme/rules.ts';
import { parseScheme } from '../scheme/validate.ts';
import { withDerivedColumns } from '../table/derive.ts';
import type { Table } from '../table/table.ts';
import { capacitiesIn } from './capacities.ts';
import { checkHistory } from './history.ts';
import { checkMetrics } from './metric-checks.ts';
import { dataNeeds, describeNewNeeds, type DataNeeds } from './needs.ts';
import { parseRulesOf, type ParsedScheme } from './parsed.ts';
import { checkTargets, numbersOf, type Capacity } from './plausibility.ts';
import type { SeenRange } from './profile.ts';
import { allRules, checkReach } from './reach.ts';
import { checkRuleByItself } from './rule-checks.ts';
import {
	checkBoundNumbers,
	checkCopies,
	checkMissingPolicies,
	checkSharedMetrics
} from './scheme-checks.ts';
import { checkScoreShape } from './score-shape.ts';
import { checkEffects, checkGrades, totalRanges, type TotalRanges } from './totals.ts';
import { applyWaivers, type AnalysedDiagnostic } from './waivers.ts';
import { findWeights, type RegionTotal } from './weight-findings.ts';
import type { WeightProof } from './weight-proof.ts';

export interface AnalyseOptions {
	readonly metrics?: ReadonlyMap<string, MetricDefinition>;
	readonly dictionary?: Dictionary;
	/** Rows that were observed: adds what only data can tell. */
	readonly history?: Table;
	/** The version in force: tells which data is newly needed, and which weight was just edited. */
	readonly baseline?: SchemeDocument;
	/** Stated capacities by metric, to compare targets with; read from the history where absent. */
	readonly capacities?: ReadonlyMap<string, Capacity>;
	/** Values that targets and parameters have now, by path; read from the history where absent. */
	readonly values?: ReadonlyMap<string, readonly number[]>;
}

export interface SchemeAnalysis {
	/** The document as a scheme; null where its structure does not hold. */
	readonly scheme: SchemeDocument | null;
	readonly diagnostics: AnalysedDiagnostic[];
	/** Total of the weights per region; empty where points are added. */
	readonly weights: RegionTotal[];
	readonly needs: DataNeeds;
	/** Null where there is nothing to prove. */
	readonly proof: WeightProof | null;
	/** What items, base and total can be; null where a rule cannot be read. */
	readonly ranges: TotalRanges | null;
}

const NO_NEEDS: DataNeeds = { needs: [], period: 'month', periods: 1 };

/** Analyses a scheme document; one that cannot be read gives the reader's findings only. */
export function analyseScheme(document: unknown, options: AnalyseOptions = {}): SchemeAnalysis {
	const { metrics, dictionary } = options;
	const reading = parseScheme(document, {
		...(metrics ? { metrics } : {}),
		...(dictionary ? { dictionary } : {})
	});
	const { scheme } = reading;
	// Totals of written weights are found again below, with repairs.
	const read = reading.diagnostics.filter(({ code }) => code !== 'weights_not_100');
	if (!scheme)
		return { scheme, diagnostics: read, weights: [], needs: NO_NEEDS, proof: null, ranges: null };
	if (breaksRules(scheme, read)) {
		const needs: DataNeeds = { ...NO_NEEDS, period: scheme.period };
		return {
			scheme,
			diagnostics: reading.diagnostics,
			weights: [],
			needs,
			proof: null,
			ranges: null
		};
	}
	const parsed = parseRulesOf(scheme);
	const known =
		dictionary ?? dictionaryOf({ ...(metrics ? { metrics } : {}), items: scheme.items });
	const weights = findWeights(parsed, {
		dictionary: known,
		...(options.history ? { history: options.history } : {}),
		...(options.baseline ? { baseline: options.baseline } : {}),
		...(metrics ? { metrics } : {})
	});
	const needs = dataNeeds(parsed, metrics);
	const ranges = totalRanges(parsed);
	// Whoever the scheme applies to, weights that are plain numbers total the same.
	const written = weights.proof?.status === 'not_proven' ? reading.diagnostics : read;
	const found = [
		...written,
		...weights.diagnostics,
		...withoutData(parsed, ranges, known, options),
		...withData(parsed, needs, known, options)
	];
	return {
		scheme,
		diagnostics: applyWaivers(scheme, distinct(found), options.history !== undefined),
		weights: weights.weights,
		needs,
		proof: weights.proof,
		ranges
	};
}

/** An error inside a rule: then its meaning is not known and nothing can be said of it. */
function breaksRules(scheme: SchemeDocument, diagnostics: readonly Diagnostic[]): boolean {
	const places = rulesOf(scheme).map(({ at }) => at);
	const errors = diagnostics.filter((diagnostic) => hasErrors([diagnostic]));
	return errors.some(({ at }) =>
		places.some((place) => at === place || at.startsWith(`${place}/`))
	);
}

function withoutData(
	parsed: ParsedScheme,
	ranges: TotalRanges,
	dictionary: Dictionary,
	{ metrics, history, values }: AnalyseOptions
): Diagnostic[] {
	const { scheme } = parsed;
	const seen = history ? seenIn(withDerivedColumns(history)) : () => null;
	const shapes = parsed.items.flatMap((item, index) => {
		const range = ranges.items[index];
		if (!range) return [];
		return checkScoreShape(item, { scheme, metric: metrics?.get(item.item.metric), seen, range });
	});
	const single = allRules(parsed).flatMap(({ node, metric }) => {
		const place = placeDictionary(metric === null ? 'outcome' : 'item', {
			dictionary,
			items: scheme.items,
			...(metrics ? { metrics } : {}),
			...(metric === null ? {} : { metric })
		});
		return checkRuleByItself(node, place);
	});
	return [
		...shapes,
		...checkGrades(parsed, ranges),
		...checkEffects(parsed, ranges),
		...checkReach(parsed, ranges, dictionary),
		...single,
		...checkSharedMetrics(scheme, metrics),
		...(metrics ? usedMetricsAlike(parsed, metrics) : []),
		...checkCopies(parsed),
		...checkMissingPolicies(scheme, metrics),
		...checkBoundNumbers(parsed, values ?? valuesIn(scheme, history))
	];
}

/** Only pairs that this scheme has a part in: the dictionary as a whole is checked elsewhere. */
function usedMetricsAlike(
	{ scheme }: ParsedScheme,
	metrics: ReadonlyMap<string, MetricDefinition>
): Diagnostic[] {
	const used = scheme.items.map(({ metric }) => metric);
	return checkMetrics(metrics).flatMap((found): Diagnostic[] => {
		const index = used.findIndex(
			(id) => id === found.details['metric'] || id === found.details['other']
		);
		return index < 0 ? [] : [{ ...found, at: `/items/${index}/metric` }];
	});
}

function withData(
	parsed: ParsedScheme,
	needs: DataNeeds,
	dictionary: Dictionary,
	{ metrics, history, baseline, capacities }: AnalyseOptions
): Diagnostic[] {
	const found: Diagnostic[] = [];
	if (baseline) {
		const before = dataNeeds(parseRulesOf(baseline), metrics);
		found.push(describeNewNeeds(before, needs, dictionary));
	}
	if (!history) return found;
	const stated = capacities ?? capacitiesIn(parsed.scheme, history);
	found.push(...checkTargets(parsed.scheme, history, stated, metrics));
	found.push(...checkHistory(parsed, needs, history, metrics, dictionary));
	return found;
}

/** The range of a variable that history and its targets show. */
function seenIn(history: Table): SeenRange {
	return (path) => {
		const target = path.startsWith('metric.') ? `target.${path.slice('metric.'.length)}` : path;
		const values = [
			...numbersOf(history, path),
			...(target === path ? [] : numbersOf(history, target))
		];
		if (values.length === 0) return null;
		return values.reduce<readonly [number, number]>(
			([least, most], value) => [Math.min(least, value), Math.max(most, value)],
			[Infinity, -Infinity]
		);
	};
}

/** Different values of one variable beyond which a written number equals one by accident. */
const FEW_VALUES = 5;

/** Targets and parameters as the history and the golden employees of the scheme have them. */
function valuesIn(scheme: SchemeDocument, history: Table | undefined): Map<string, number[]> {
	const values = new Map<string, Set<number>>();
	const add = (path: string, value: Json | undefined): void => {
		if (typeof value !== 'number' || !/^(?:target|param)\./.test(path)) return;
		const known = values.get(path) ?? new Set<number>();
		values.set(path, known.add(value));
	};
	for (const { given } of scheme.examples ?? []) {
		for (const [path, value] of Object.entries(given)) add(path, value);
	}
	for (const path of history?.columns.keys() ?? []) {
		for (const value of history ? numbersOf(history, path) : []) add(path, value);
	}
	return new Map(
		[...values]
			.filter(([, known]) => known.size <= FEW_VALUES)
			.map(([path, known]) => [path, [...known]])
	);
}

/** One finding of a code at a place, the first. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
	const seen = new Set<string>();
	return diagnostics.filter(({ code, at, message }) => {
		const key = `${code} ${at} ${message.en}`;
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
}
