/**
 * A scheme made ready for scoring: every rule parsed once, defaults filled in, and the list of
 * table columns that scoring reads. Interpreter and compilers both start from here.
 */
import { parseRule } from '../logic/parse.ts';
import type { RuleNode } from '../logic/node.ts';
import type { Dictionary, Rule } from '../logic/rule.ts';
import { variablesOf } from '../logic/variables.ts';
import {
	TOTAL_DEFAULTS,
	type GateEffect,
	type MissingPolicy,
	type SchemeDocument,
	type SchemeGrade
} from '../scheme/document.ts';
import { rulesOf, type PlacedRule } from '../scheme/rules.ts';
import { placeDictionary } from '../scheme/variables.ts';
import { derivationOf } from '../table/paths.ts';
import type { ScoringMemo } from './memo.ts';

export interface PreparedRule {
	/** JSON Pointer of the rule in the document. */
	readonly at: string;
	/** As it was written: what an injected evaluator is given. */
	readonly rule: Rule;
	readonly node: RuleNode;
	/** The rule cannot be evaluated (unknown operator or variable, …): every row that needs it errs. */
	readonly problem?: { readonly code: string; readonly at: string };
}

export interface PreparedItem {
	readonly id: string;
	readonly metric: string;
	/** Paths of the values that `item.actual` and `item.target` stand for. */
	readonly actualPath: string;
	readonly targetPath: string;
	/** Absent where the scheme adds points. */
	readonly weight: PreparedRule | null;
	readonly score: PreparedRule;
	readonly missing: MissingPolicy;
	/** Whether the score rule reads the item's actual, its target, their quotient: to say why it is missing. */
	readonly reads: {
		readonly actual: boolean;
		readonly target: boolean;
		readonly attainment: boolean;
	};
}

export interface PreparedScheme {
	readonly document: SchemeDocument;
	readonly percent: boolean;
	readonly appliesTo: PreparedRule;
	readonly items: readonly PreparedItem[];
	readonly adjustments: readonly {
		readonly id: string;
		readonly when: PreparedRule;
		readonly points: PreparedRule;
	}[];
	readonly gates: readonly {
		readonly id: string;
		readonly when: PreparedRule;
		readonly effect: GateEffect;
		/** Index of the grade that the effect names, -1 otherwise. */
		readonly grade: number;
	}[];
	readonly grades: readonly SchemeGrade[];
	readonly total: { readonly min: number; readonly max: number; readonly decimals: number };
	readonly payout: {
		readonly currency: string;
		readonly amount: PreparedRule;
		readonly decimals: number;
	} | null;
	readonly insights: readonly { readonly id: string; readonly when: PreparedRule }[];
	/**
	 * Variables that scoring reads from a table, sorted: supplied columns and derived ones, with the
	 * sources of the derived. What scoring itself computes (`item.*`, `score`, …) is not among them.
	 */
	readonly paths: readonly string[];
	/** Those of `paths` that are derived from others. */
	readonly derivedPaths: readonly string[];
}

/** Decimals of money where a payout is silent. */
export const PAYOUT_DECIMALS = 2;

export interface PrepareOptions {
	/** With it a rule that reads an unknown variable has a problem instead of a silent null. */
	readonly dictionary?: Dictionary;
	/** Shared by variants of one scheme, so that each rule is parsed once. Not with a dictionary. */
	readonly memo?: ScoringMemo;
}

const COMPUTED = /^(?:item\.|items\.|base_score$|score$|grade$)/;

/** Makes a scheme ready. The document must have passed the structural part of `parseScheme`. */
export function prepareScheme(
	document: SchemeDocument,
	options: PrepareOptions = {}
): PreparedScheme {
	const rules = new Map<string, PreparedRule>();
	const memo = options.dictionary ? undefined : options.memo;
	for (const placed of rulesOf(document)) {
		const make = (): PreparedRule => prepareRule(placed, document, options);
		rules.set(placed.at, memo ? memo.rule(placed.rule, placed.at, make) : make());
	}
	const rule = (at: string): PreparedRule => {
		const prepared = rules.get(at);
		if (!prepared) throw new Error(`The scheme has no rule at ${at}.`);
		return prepared;
	};

	const items = document.items.map((item, index): PreparedItem => {
		const actualPath = `metric.${item.metric}`;
		const targetPath = `target.${item.metric}`;
		const score = rule(`/items/${index}/score`);
		const read = new Set(variablesOf(score.node));
		const attained = read.has('item.attainment') || read.has(`attainment.${item.metric}`);
		return {
			id: item.id,
			metric: item.metric,
			actualPath,
			targetPath,
			weight:
				document.weighting === 'percent' && item.weight !== undefined
					? rule(`/items/${index}/weight`)
					: null,
			score,
			missing: item.missing ?? 'block',
			reads: {
				actual: attained || read.has('item.actual') || read.has(actualPath),
				target: attained || read.has('item.target') || read.has(targetPath),
				attainment: attained
			}
		};
	});
	const gradeIndex = new Map(document.grades.map((grade, index) => [grade.id, index]));
	const paths = tablePaths(rules.values(), items);

	return {
		document,
		percent: document.weighting === 'percent',
		appliesTo: rule('/applies_to'),
		items,
		adjustments: (document.adjustments ?? []).map(({ id }, index) => ({
			id,
			when: rule(`/adjustments/${index}/when`),
			points: rule(`/adjustments/${index}/points`)
		})),
		gates: (document.gates ?? []).map(({ id, effect }, index) => ({
			id,
			when: rule(`/gates/${index}/when`),
			effect,
			grade: 'grade' in effect ? (gradeIndex.get(effect.grade) ?? -1) : -1
		})),
		grades: document.grades,
		total: { ...TOTAL_DEFAULTS, ...document.total },
		payout: document.payout
			? {
					currency: document.payout.currency,
					amount: rule('/payout/amount'),
					decimals: document.payout.decimals ?? PAYOUT_DECIMALS
				}
			: null,
		insights: (document.insights ?? []).map(({ id }, index) => ({
			id,
			when: rule(`/insights/${index}/when`)
		})),
		paths,
		derivedPaths: paths.filter((path) => derivationOf(path) !== null)
	};
}

function prepareRule(
	placed: PlacedRule,
	document: SchemeDocument,
	options: PrepareOptions
): PreparedRule {
	const { at, rule, place, gives, item } = placed;
	const metric = item === undefined ? undefined : document.items[item]?.metric;
	const { node, diagnostics } = parseRule(rule, {
		at,
		expects: gives,
		...(options.dictionary
			? {
					dictionary: placeDictionary(place, {
						dictionary: options.dictionary,
						items: document.items,
						...(metric === undefined ? {} : { metric })
					})
				}
			: {})
	});
	const error = diagnostics.find((found) => found.severity === 'error');
	return {
		at,
		rule,
		node,
		...(error ? { problem: { code: error.code, at: error.at } } : {})
	};
}

function tablePaths(rules: Iterable<PreparedRule>, items: readonly PreparedItem[]): string[] {
	const paths = new Set<string>();
	for (const { node } of rules)
		for (const path of variablesOf(node)) if (!COMPUTED.test(path)) paths.add(path);
	for (const item of items) paths.add(item.actualPath).add(item.targetPath);
	for (const path of [...paths]) {
		const derivation = derivationOf(path);
		if (derivation?.kind === 'quotient') paths.add(derivation.actual).add(derivation.target);
		if (derivation?.kind === 'period') paths.add('period.id');
	}
	return [...paths].sort();
}
