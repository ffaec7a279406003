/** Golden employees: what must come out for given variables, compared exactly. */
import type { Json, JsonObject } from '../logic/rule.ts';
import { variablesFromJson } from '../logic/variables.ts';
import type { SchemeExample } from '../scheme/document.ts';
import type { PreparedScheme } from './prepare.ts';
import { scoreRow, type ScoreRowOptions } from './score-row.ts';
import type { Scorecard } from './scorecard.ts';

export interface ExampleMismatch {
	/** What was compared: `score`, `items.sales.points`, … */
	readonly key: string;
	readonly expected: Json;
	readonly found: Json;
}

export interface ExampleResult {
	readonly index: number;
	readonly name: SchemeExample['name'];
	readonly passed: boolean;
	readonly mismatches: readonly ExampleMismatch[];
	readonly scorecard: Scorecard;
}

/** What a scorecard says of one expectation; undefined for a name that is none. */
export function resultOf(scorecard: Scorecard, key: string): Json | undefined {
	switch (key) {
		case 'status':
		case 'score':
		case 'grade':
		case 'payout':
			return scorecard[key];
		case 'insights':
			return scorecard.insights;
	}
	const match = /^items\.(.+)\.(score|points|weight)$/.exec(key);
	const item = scorecard.items.find(({ id }) => id === match?.[1]);
	if (!item) return match ? null : undefined;
	return match?.[2] === 'score' ? item.score : match?.[2] === 'points' ? item.points : item.weight;
}

function same(expected: Json, found: Json | undefined): boolean {
	if (!Array.isArray(expected) || !Array.isArray(found)) return Object.is(expected, found);
	const sorted = (list: readonly Json[]): string =>
		JSON.stringify(list.map((entry) => JSON.stringify(entry)).sort());
	return sorted(expected) === sorted(found);
}

/** Compares a scorecard with what was expected of it. */
export function compareWith(scorecard: Scorecard, expect: JsonObject): ExampleMismatch[] {
	return Object.entries(expect).flatMap(([key, expected]) => {
		const found = resultOf(scorecard, key);
		return same(expected, found) ? [] : [{ key, expected, found: found ?? null }];
	});
}

/** Scores one example: what is not given is missing. */
export function runExample(
	prepared: PreparedScheme,
	example: SchemeExample,
	options: ScoreRowOptions = {}
): Omit<ExampleResult, 'index'> {
	const variables = variablesFromJson(example.given);
	if (example.period !== undefined) variables.set('period.id', example.period);
	const scorecard = scoreRow(prepared, variables, options);
	const mismatches = compareWith(scorecard, example.expect);
	return { name: example.name, passed: mismatches.length === 0, mismatches, scorecard };
}

/** Scores all examples of a scheme. */
export function runExamples(
	prepared: PreparedScheme,
	options: ScoreRowOptions = {}
): ExampleResult[] {
	return (prepared.document.examples ?? []).map((example, index) => ({
		index,
		...runExample(prepared, example, options)
	}));
}
