/**
 * Runs the sentences of a pack: every test is scored by the interpreter and compared exactly, and
 * what no test ever reached is named, because an untried branch is an unproven promise.
 */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { evaluateRule, type TraceNode } from '#lib/engine/logic/interpret.ts';
import type { Json, JsonObject, Value } from '#lib/engine/logic/rule.ts';
import { isTruthy } from '#lib/engine/logic/value.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import {
	prepareScheme,
	type PreparedRule,
	type PreparedScheme
} from '#lib/engine/score/prepare.ts';
import { compareWith } from '#lib/engine/score/examples.ts';
import { scoreRow } from '#lib/engine/score/score-row.ts';
import type { Scorecard } from '#lib/engine/score/scorecard.ts';
import { branchesOf, rulesOfPrepared, unreachedBranches, type Branch } from './branches.ts';
import type { Pack, PackTest } from './pack.ts';

/** PASS: as expected. FAIL: something else came out. ERROR: the test could not be run. */
export type TestVerdict = 'PASS' | 'FAIL' | 'ERROR';

export interface Mismatch {
	readonly field: string;
	readonly expected: Json;
	readonly found: Json;
	/** For an item's score: the evaluation of its rule, node by node. */
	readonly trace?: TraceNode;
}

export interface TestResult {
	/** The sentence as machines quote it: in English where it has two languages. */
	readonly name: string;
	/** The sentence in both languages, the same text twice where it has one. */
	readonly names: LocalText;
	readonly scheme: string;
	/** Where the sentence stands: a test file with its line, or the examples of a scheme. */
	readonly file: string;
	readonly line: number | null;
	readonly verdict: TestVerdict;
	readonly mismatches: readonly Mismatch[];
	/** Why the test could not be run. */
	readonly error?: string;
}

export interface UnreachedBranch extends Branch {
	readonly scheme: string;
	/** The written reason why no test reaches it, from the scheme's waivers. */
	readonly reason: string | null;
}

export interface PackTestReport {
	readonly pack: string;
	readonly version: string;
	readonly passed: number;
	readonly failed: number;
	readonly errors: number;
	readonly results: readonly TestResult[];
	readonly unreached: readonly UnreachedBranch[];
}

/** Code of the waiver by which a scheme explains a branch that no test reaches. */
const BRANCH_WAIVER = 'branch_not_reached';

/** Runs all tests of a pack, the examples inside its schemes included. */
export function runPackTests(pack: Pack): PackTestReport {
	const results: TestResult[] = [];
	const unreached: UnreachedBranch[] = [];
	for (const [id, scheme] of pack.schemes) {
		const tests = [
			...pack.tests.filter((test) => test.scheme === id),
			...examplesOf(scheme.document, scheme.file)
		];
		const run = runSchemeTests(scheme.document, tests);
		results.push(...run.results);
		unreached.push(...run.unreached);
	}
	const count = (verdict: TestVerdict): number =>
		results.filter((result) => result.verdict === verdict).length;
	return {
		pack: pack.manifest.id,
		version: pack.manifest.version,
		passed: count('PASS'),
		failed: count('FAIL'),
		errors: count('ERROR'),
		results,
		unreached
	};
}

/** A sentence to check, from a test file or from the examples of a scheme. */
export type Sentence = Omit<PackTest, 'line' | 'at'> & { readonly line: number | null };

/** The golden employees of a scheme as tests. */
export function examplesOf(document: SchemeDocument, file: string): Sentence[] {
	return (document.examples ?? []).map((example) => ({
		name: example.name,
		scheme: document.id,
		period: example.period ?? DEFAULT_PERIOD,
		given: example.given,
		expect: example.expect,
		file,
		line: null
	}));
}

/** Period of an example that names none: only schemes that read the period would tell. */
const DEFAULT_PERIOD = '2026-01';

function namesOf(name: string | LocalText): LocalText {
	return typeof name === 'string' ? { 'zh-CN': name, en: name } : name;
}

/** Runs sentences against one scheme. */
export function runSchemeTests(
	document: SchemeDocument,
	tests: readonly Sentence[]
): { readonly results: readonly TestResult[]; readonly unreached: readonly UnreachedBranch[] } {
	const prepared = prepareScheme(document);
	const reached = new Set<string>();
	const results = tests.map((test) => runTest(prepared, test, reached));
	const branches = rulesOfPrepared(prepared).flatMap(branchesOf);
	const unreached = unreachedBranches(branches, reached).map((branch) => ({
		...branch,
		scheme: document.id,
		reason:
			document.waivers?.find((waiver) => waiver.code === BRANCH_WAIVER && waiver.at === branch.at)
				?.reason ?? null
	}));
	return { results, unreached };
}

function runTest(prepared: PreparedScheme, test: Sentence, reached: Set<string>): TestResult {
	const names = namesOf(test.name);
	const about = { name: names.en, names, scheme: test.scheme, file: test.file, line: test.line };
	try {
		const variables = variablesOfTest(test);
		const scorecard = scoreRow(prepared, variables);
		const traces = traceRules(prepared, variables, reached);
		const mismatches = compare(test.expect, scorecard, prepared, traces);
		return { ...about, verdict: mismatches.length === 0 ? 'PASS' : 'FAIL', mismatches };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		return { ...about, verdict: 'ERROR', mismatches: [], error: message };
	}
}

/** The variables of a test: what is given, and the period. What is not given is missing. */
function variablesOfTest(test: { period: string; given: JsonObject }): Map<string, Value> {
	const variables = new Map<string, Value>(Object.entries(test.given));
	if (!variables.has('period.id')) variables.set('period.id', test.period);
	if (!variables.has('employee.id')) variables.set('employee.id', 'test');
	return variables;
}

/** Scores once more with traces: which nodes were reached, and how each rule came to its value. */
function traceRules(
	prepared: PreparedScheme,
	variables: ReadonlyMap<string, Value>,
	reached: Set<string>
): Map<string, TraceNode> {
	const rules = new Map<unknown, PreparedRule[]>();
	for (const rule of rulesOfPrepared(prepared)) {
		// Equal literals are one key; they have no branches, so it does not matter which one is taken.
		rules.set(rule.rule, [...(rules.get(rule.rule) ?? []), rule]);
	}
	const traces = new Map<string, TraceNode>();
	scoreRow(prepared, variables, {
		evaluate: (source, scope) => {
			const [rule] = rules.get(source) ?? [];
			if (!rule) return null;
			const { value, trace } = evaluateRule(rule.node, scope, { trace: true });
			if (trace) {
				traces.set(rule.at, trace);
				collectReached(trace, reached);
			}
			reached.add(`${rule.at}#${isTruthy(value) ? 'true' : 'false'}`);
			return value;
		}
	});
	return traces;
}

function collectReached(trace: TraceNode, reached: Set<string>): void {
	reached.add(trace.at);
	if (trace.branch !== undefined) reached.add(`${trace.at}#${trace.branch}`);
	if (trace.why === 'no_branch') reached.add(`${trace.at}#else`);
	for (const input of trace.inputs) collectReached(input, reached);
}

/** Compares exactly; an item's mismatch carries the trace of its rule. */
function compare(
	expect: JsonObject,
	scorecard: Scorecard,
	prepared: PreparedScheme,
	traces: ReadonlyMap<string, TraceNode>
): Mismatch[] {
	return compareWith(scorecard, expect).map(({ key, expected, found }) => {
		const item = /^items\.([^.]+)\./.exec(key)?.[1];
		const index = prepared.items.findIndex((entry) => entry.id === item);
		const trace = index >= 0 ? traces.get(`/items/${index}/score`) : undefined;
		return { field: key, expected, found, ...(trace ? { trace } : {}) };
	});
}
