/**
 * Reads a scheme document: structure first, along its one description, then what the fields say
 * together. A document whose structure does not hold gives no scheme; one whose content is wrong
 * (weights at 110, an unknown variable) gives both the scheme and the errors, because a draft like
 * that is still previewed and `score --force` scores what it can.
 */
import { diagnose, hasErrors, pointer, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { parseRule } from '../logic/parse.ts';
import { roundHalfAway } from '../logic/number.ts';
import type { Dictionary, Json } from '../logic/rule.ts';
import { variablesFromJson } from '../logic/variables.ts';
import { derivationOf, isSuppliedPath } from '../table/paths.ts';
import { schemeDiagnostics } from './diagnostics.ts';
import { TOTAL_DEFAULTS, type SchemeDocument, type SchemeExample } from './document.ts';
import { readJsonText, type TextSpan } from './json-text.ts';
import type { MetricDefinition } from './metric.ts';
import { parsePeriod } from './period.ts';
import { hintDetails, readShape } from './read-shape.ts';
import { rulesOf } from './rules.ts';
import { SCHEME_SHAPE } from './scheme-shape.ts';
import { placeDictionary } from './variables.ts';

/** A document beyond this is refused unread. */
export const SCHEME_BYTES = 256 * 1024;

export interface ParseSchemeOptions {
	/** Metrics of the client or the pack; without them any metric is accepted. */
	readonly metrics?: ReadonlyMap<string, MetricDefinition>;
	/** Variables of the client or the table; without it any well-named attribute is accepted. */
	readonly dictionary?: Dictionary;
}

export interface SchemeReading {
	readonly scheme: SchemeDocument | null;
	readonly diagnostics: Diagnostic[];
}

/** Reads unknown JSON as a scheme. */
export function parseScheme(input: unknown, options: ParseSchemeOptions = {}): SchemeReading {
	const { diagnostics } = readShape(input, SCHEME_SHAPE);
	if (hasErrors(diagnostics)) return { scheme: null, diagnostics };
	const size = JSON.stringify(input).length;
	if (size > SCHEME_BYTES)
		return {
			scheme: null,
			diagnostics: [
				diagnose(schemeDiagnostics, 'document_too_large', '', { found: size, limit: SCHEME_BYTES })
			]
		};
	// The walk above has established the structure that the type states.
	const scheme = input as SchemeDocument;
	diagnostics.push(
		...checkItems(scheme, options),
		...checkLiteralWeights(scheme),
		...checkRules(scheme, options),
		...checkTotal(scheme),
		...checkGrades(scheme),
		...checkExamples(scheme)
	);
	return { scheme, diagnostics };
}

export interface SchemeTextReading extends SchemeReading {
	/** The document as JSON, where the text is JSON at all. */
	readonly value: Json | undefined;
	/** Where each value stands in the text, by JSON Pointer: for underlining findings. */
	readonly spans: ReadonlyMap<string, TextSpan>;
}

/** Reads the text of a scheme; findings carry the line they are about. */
export function parseSchemeText(text: string, options: ParseSchemeOptions = {}): SchemeTextReading {
	if (text.length > SCHEME_BYTES * 2)
		return {
			scheme: null,
			value: undefined,
			spans: new Map(),
			diagnostics: [
				diagnose(schemeDiagnostics, 'document_too_large', '', {
					found: text.length,
					limit: SCHEME_BYTES
				})
			]
		};
	const { value, diagnostics, spans } = readJsonText(text);
	if (value === undefined) return { scheme: null, value, spans, diagnostics: [...diagnostics] };
	const reading = parseScheme(value, options);
	return {
		scheme: hasErrors(diagnostics) ? null : reading.scheme,
		value,
		spans,
		diagnostics: [...diagnostics, ...reading.diagnostics.map((found) => withLine(found, spans))]
	};
}

/** The line of the nearest place that exists in the text: a missing field has its parent's. */
function withLine(diagnostic: Diagnostic, spans: ReadonlyMap<string, TextSpan>): Diagnostic {
	for (let at = diagnostic.at; ; at = at.slice(0, at.lastIndexOf('/'))) {
		const span = spans.get(at);
		if (span) return { ...diagnostic, line: span.line };
		if (at === '') return diagnostic;
	}
}

function checkItems(scheme: SchemeDocument, options: ParseSchemeOptions): Diagnostic[] {
	const found: Diagnostic[] = [];
	const { metrics, dictionary } = options;
	scheme.items.forEach((item, index) => {
		const at = pointer('/items', index);
		const details = { item: item.id };
		if (metrics && !metrics.has(item.metric))
			found.push(
				diagnose(schemeDiagnostics, 'metric_unknown', `${at}/metric`, {
					metric: item.metric,
					...hintDetails(item.metric, metrics.keys())
				})
			);
		else if (
			dictionary &&
			!dictionary.has(`metric.${item.metric}`) &&
			/"item\.(?:actual|attainment)"/.test(JSON.stringify(item.score))
		)
			found.push(
				diagnose(schemeDiagnostics, 'metric_without_data', `${at}/metric`, {
					...details,
					metric: item.metric
				})
			);
		if (scheme.weighting === 'percent' && item.weight === undefined)
			found.push(diagnose(schemeDiagnostics, 'weight_missing', at, details));
		if (scheme.weighting === 'points' && item.weight !== undefined)
			found.push(diagnose(schemeDiagnostics, 'weight_with_points', `${at}/weight`, details));
		if (scheme.weighting === 'points' && item.missing === 'exclude')
			found.push(diagnose(schemeDiagnostics, 'exclude_with_points', `${at}/missing`, details));
		if (typeof item.weight === 'number' && item.weight < 0)
			found.push(
				diagnose(schemeDiagnostics, 'number_out_of_range', `${at}/weight`, {
					found: item.weight,
					expected: '0 to 100',
					expected_zh: '0 到 100'
				})
			);
	});
	return found;
}

/** A weight in basis points (hundredths of a percent): the unit in which weights are compared. */
export function basisPoints(weightPercent: number): number {
	return Math.round(roundHalfAway(weightPercent, 2) * 100);
}

/** Basis points as the percentage that a person reads. */
export function percentOf(points: number): number {
	return roundHalfAway(points / 100, 2);
}

/** Weights that are all written as numbers can be totalled here; conditions are the checker's. */
function checkLiteralWeights(scheme: SchemeDocument): Diagnostic[] {
	if (scheme.weighting !== 'percent') return [];
	const weights = scheme.items.map((item) => item.weight);
	if (!weights.every((weight) => typeof weight === 'number')) return [];
	const total = weights.reduce((sum, weight) => sum + basisPoints(weight), 0);
	if (total === 10000) return [];
	const off = percentOf(Math.abs(total - 10000));
	return [
		diagnose(schemeDiagnostics, 'weights_not_100', '/items', {
			total: percentOf(total),
			weights: weights.join(' + '),
			change: total > 10000 ? `Take ${off} away` : `Add ${off}`,
			change_zh: total > 10000 ? `减去 ${off}` : `补上 ${off}`
		})
	];
}

function checkRules(scheme: SchemeDocument, options: ParseSchemeOptions): Diagnostic[] {
	const dictionaries = new Map<string, Dictionary>();
	return rulesOf(scheme).flatMap(({ at, rule, place, gives, item }) => {
		const metric = item === undefined ? undefined : scheme.items[item]?.metric;
		const key = `${place} ${metric ?? ''}`;
		let dictionary = dictionaries.get(key);
		if (!dictionary) {
			dictionary = placeDictionary(place, {
				...options,
				items: scheme.items,
				grades: scheme.grades,
				...(metric === undefined ? {} : { metric })
			});
			dictionaries.set(key, dictionary);
		}
		return parseRule(rule, { at, expects: gives, dictionary }).diagnostics;
	});
}

function checkTotal(scheme: SchemeDocument): Diagnostic[] {
	const { min, max } = { ...TOTAL_DEFAULTS, ...scheme.total };
	return min < max ? [] : [diagnose(schemeDiagnostics, 'total_range', '/total', { min, max })];
}

function checkGrades(scheme: SchemeDocument): Diagnostic[] {
	const found: Diagnostic[] = [];
	scheme.grades.forEach((grade, index) => {
		const before = scheme.grades[index - 1];
		if (before && !(grade.from < before.from))
			found.push(
				diagnose(schemeDiagnostics, 'grades_not_ordered', `${pointer('/grades', index)}/from`, {
					grade: grade.id,
					from: grade.from,
					before: before.id,
					before_from: before.from
				})
			);
	});
	const known = scheme.grades.map((grade) => grade.id);
	scheme.gates?.forEach((gate, index) => {
		if (!('grade' in gate.effect) || known.includes(gate.effect.grade)) return;
		found.push(
			diagnose(schemeDiagnostics, 'grade_unknown', `${pointer('/gates', index)}/effect/grade`, {
				grade: gate.effect.grade,
				known: known.join(', '),
				...hintDetails(gate.effect.grade, known)
			})
		);
	});
	return found;
}

const EXPECTED_PARTS = ['status', 'score', 'grade', 'payout', 'insights'] as const;

function checkExamples(scheme: SchemeDocument): Diagnostic[] {
	const known = [
		...EXPECTED_PARTS,
		...scheme.items.flatMap(({ id }) => [`items.${id}.score`, `items.${id}.points`])
	];
	return (scheme.examples ?? []).flatMap((example, index) => {
		const name = typeof example.name === 'string' ? example.name : example.name.en;
		const at = pointer('/examples', index);
		const unexpected = Object.keys(example.expect)
			.filter((key) => !known.includes(key))
			.map((key) =>
				diagnose(schemeDiagnostics, 'expectation_unknown', pointer(at, 'expect', key), {
					example: name,
					key,
					...hintDetails(key, known)
				})
			);
		const unknown = [...variablesFromJson(example.given).keys()]
			.filter((path) => !isSuppliedPath(path) && derivationOf(path) === null)
			.map((path) =>
				diagnose(schemeDiagnostics, 'given_unknown', pointer(at, 'given', path), {
					example: name,
					path: path.slice(0, 80)
				})
			);
		return [...unexpected, ...unknown, ...checkExamplePeriod(scheme, example, name, at)];
	});
}

function checkExamplePeriod(
	scheme: SchemeDocument,
	example: SchemeExample,
	name: string,
	at: string
): Diagnostic[] {
	const found = example.period;
	if (found === undefined || parsePeriod(found)?.length === scheme.period) return [];
	const sample = { month: '2025-03', quarter: '2025-Q1', half: '2025-H1', year: '2025' };
	return [
		diagnose(schemeDiagnostics, 'example_period', `${at}/period`, {
			example: name,
			found: found.slice(0, 40),
			expected: scheme.period,
			sample: sample[scheme.period]
		})
	];
}
