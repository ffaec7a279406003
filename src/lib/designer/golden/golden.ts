/**
 * Golden employees of a draft: people with expected results, evaluated in the browser with the
 * engine that the server uses, on every change.
 */
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument, SchemeExample } from '#lib/engine/scheme/document.ts';
import { runExample, runExamples, type ExampleResult } from '#lib/engine/score/examples.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import type { Scorecard } from '#lib/engine/score/scorecard.ts';
import { derivationOf } from '#lib/engine/table/paths.ts';
import { isList, isObject, removeAt, setAt } from '../document-path.ts';

/** A result that was accepted though another one had been expected, and why. */
export interface AcceptedResult {
	readonly example: string;
	readonly reason: string;
	readonly changes: readonly { readonly key: string; readonly was: Json; readonly now: Json }[];
}

/** The results of all golden employees; null while the document cannot be evaluated. */
export function checkGolden(scheme: SchemeDocument): readonly ExampleResult[] | null {
	try {
		return runExamples(prepareScheme(scheme));
	} catch {
		// A document in the middle of an edit may have no sound rules at all.
		return null;
	}
}

/** What comes out for given variables now; null while the document cannot be evaluated. */
export function scoreGiven(
	scheme: SchemeDocument,
	given: JsonObject,
	period: string | undefined
): Scorecard | null {
	const example = { name: '', given, expect: {}, ...(period === undefined ? {} : { period }) };
	try {
		return runExample(prepareScheme(scheme), example).scorecard;
	} catch {
		return null;
	}
}

/** The variables that a golden employee of this scheme may be given, in the order of their kinds. */
export function variablesToGive(scheme: SchemeDocument): readonly string[] {
	const rank = (path: string) =>
		['employee', 'metric', 'target', 'team', 'param'].indexOf(kindOf(path));
	try {
		return prepareScheme(scheme)
			.paths.filter((path) => derivationOf(path) === null && path !== 'period.id')
			.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
	} catch {
		return [];
	}
}

export function kindOf(path: string): string {
	return path.slice(0, path.indexOf('.'));
}

/** Pinned from the company's own data, not invented. */
export function isReal(example: SchemeExample): boolean {
	return typeof example.given['employee.id'] === 'string';
}

/** What a scorecard says, in the keys of an expectation. */
export function expectationOf(scorecard: Scorecard, items: readonly string[]): JsonObject {
	const expect: Record<string, Json> = { status: scorecard.status };
	if (scorecard.status === 'scored') {
		expect['score'] = scorecard.score;
		expect['grade'] = scorecard.grade;
	}
	for (const id of items) {
		const item = scorecard.items.find((one) => one.id === id);
		if (item) expect[`items.${id}.score`] = item.score;
	}
	return expect;
}

/** The document in which what comes out now is what is expected, with the reason on record. */
export function acceptResult(
	document: JsonObject,
	result: ExampleResult,
	name: string,
	reason: string
): JsonObject {
	const changes = result.mismatches.map(({ key, expected, found }) => ({
		key,
		was: expected,
		now: found
	}));
	let next: Json = document;
	for (const { key, now } of changes)
		next = setAt(next, ['examples', result.index, 'expect', key], now);
	const view = isObject(document['view']) ? document['view'] : {};
	const entry = { example: name, reason, changes };
	const record = [...acceptedOf(document), entry] as unknown as Json;
	const changed = setAt(next, ['view'], { ...view, accepted_results: record });
	return isObject(changed) ? changed : document;
}

/** Which results were accepted with a reason, the newest last. */
export function acceptedOf(document: JsonObject): readonly AcceptedResult[] {
	const view = document['view'];
	const list = isObject(view) ? view['accepted_results'] : undefined;
	return isList(list) ? (list as unknown as readonly AcceptedResult[]) : [];
}

/** The document with an example at a place; past the end, it is added. */
export function putExample(document: JsonObject, index: number, example: SchemeExample): Json {
	const examples = isList(document['examples']) ? document['examples'] : [];
	const value = example as unknown as Json;
	const next =
		index < examples.length
			? examples.map((old, at) => (at === index ? value : old))
			: [...examples, value];
	return setAt(document, ['examples'], next);
}

export function removeExample(document: JsonObject, index: number): Json {
	return removeAt(document, ['examples', index]);
}
