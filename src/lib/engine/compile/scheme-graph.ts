/**
 * A whole scheme as one graph: section 5 of the rules of scoring, from `applies_to` to the payout,
 * node by node what `score/score-row.ts` does row by row. The order of additions, multiplications
 * and decisions is the same; where this file and that one differ, this one is wrong.
 */
import type { PreparedScheme } from '../score/prepare.ts';
import type { SourceColumns } from './facts.ts';
import { Graph } from './graph.ts';
import { type GraphNode } from './graph-node.ts';
import { isBounded } from './interval.ts';
import type { Lowered } from './lower/lowered.ts';
import { roundNode } from './lower/numbers.ts';
import {
	SchemeRules,
	type ComputedVariables,
	type InterpretedRule,
	type RuleScope
} from './lower/scheme-rules.ts';
import {
	anyOf,
	buildItem,
	computedOfItems,
	offHundredMask,
	pointsNode,
	sumItems
} from './scheme-items.ts';

export interface ItemNodes {
	readonly id: string;
	/** As evaluated; missing where it could not be. */
	readonly weight: GraphNode;
	/** What the item's rule gives, before any policy for missing scores. */
	readonly rawScore: GraphNode;
	/** As the scorecard shows it. */
	readonly score: GraphNode;
	readonly points: GraphNode;
}

export interface SchemeNodes {
	readonly graph: Graph;
	/** Position of the grade in scored rows, `outcomes.*` in others. */
	readonly outcome: GraphNode;
	/** Rounded; missing unless the row is scored. */
	readonly score: GraphNode;
	readonly payout: GraphNode;
	readonly base: GraphNode;
	/** A mask: a preview scaled the weights. */
	readonly scaled: GraphNode;
	/** Masks: a weight that cannot be, and weights that do not total 100. */
	readonly badWeight: GraphNode;
	readonly offHundred: GraphNode;
	readonly items: readonly ItemNodes[];
	readonly outcomes: OutcomeCodes;
	readonly interpreted: readonly InterpretedRule[];
}

/** Codes of `outcome`: 0 … grades − 1 are grades, then these. */
export interface OutcomeCodes {
	readonly noGrade: number;
	readonly incomplete: number;
	readonly uncovered: number;
	readonly error: number;
	readonly count: number;
}

export function outcomeCodes(grades: number): OutcomeCodes {
	return {
		noGrade: grades,
		incomplete: grades + 1,
		uncovered: grades + 2,
		error: grades + 3,
		count: grades + 4
	};
}

export interface SchemeGraphOptions {
	readonly preview: boolean;
	readonly fiscalMonth: number;
	/** Weights stay open, to be set before every run: see `openWeights`. */
	readonly hasOpenWeights?: boolean;
}

/** Makes the graph of a scheme over these columns. */
export function buildSchemeGraph(
	prepared: PreparedScheme,
	columns: SourceColumns,
	options: SchemeGraphOptions
): SchemeNodes {
	const g = new Graph(columns);
	const rules = new SchemeRules(g, columns, options.fiscalMonth);
	const { percent } = prepared;
	const applies = rules.condition(prepared.appliesTo, { phase: 'item', computed: new Map() });
	const open = options.hasOpenWeights ?? false;
	const items = prepared.items.map((item) => buildItem(g, rules, columns, item, { percent, open }));
	const badWeight = anyOf(
		g,
		items.map((item) => item.badWeight)
	);
	const offHundred = percent ? offHundredMask(g, items) : g.always(false);
	const refused = options.preview ? badWeight : g.or(badWeight, offHundred);

	const sums = sumItems(g, items, percent);
	const unfinished = g.or(sums.blocked, g.not(sums.anyCounts));
	const computed = computedOfItems(g, prepared, items, sums);
	const scope: RuleScope = { phase: 'total', computed };
	const adjusted = adjust(g, prepared, rules, scope, sums.base);
	const late = g.or(isInfinite(g, sums.base), isInfinite(g, adjusted));
	const { score, worstGrade } = applyGates(g, prepared, rules, scope, adjusted);
	const rounded = roundNode(g, score, prepared.total.decimals);
	const grade = g.larger(gradeOf(g, prepared, rounded), worstGrade);
	const payout = payOut(g, prepared, rules, rounded, grade, computed);

	const outcomes = outcomeCodes(prepared.grades.length);
	const unscored = anyOf(g, [g.not(applies), refused, unfinished, late]);
	const failed = g.or(refused, g.and(g.not(unfinished), late));
	const unscoredOutcome = g.choose(
		applies,
		g.choose(failed, g.whole(outcomes.error), g.whole(outcomes.incomplete)),
		g.whole(outcomes.uncovered)
	);
	const whenScored = (node: GraphNode): GraphNode => g.select(unscored, g.none, node);
	return {
		graph: g,
		outcome: g.choose(unscored, unscoredOutcome, grade),
		score: whenScored(rounded),
		payout: whenScored(payout),
		base: whenScored(sums.base),
		scaled: options.preview ? g.and(g.and(applies, g.not(badWeight)), offHundred) : g.always(false),
		badWeight,
		offHundred,
		items: items.map((item) => ({
			id: item.item.id,
			weight: g.select(applies, item.weight, g.none),
			rawScore: item.rawScore,
			score: g.select(
				g.and(applies, item.matters),
				g.select(refused, item.rawScore, item.settled),
				g.none
			),
			points: whenScored(pointsNode(g, item, sums.weights, percent))
		})),
		outcomes,
		interpreted: rules.interpreted
	};
}

/** True where a raw sum left the range of numbers (or is missing, which is told apart before). */
function isInfinite(g: Graph, node: GraphNode): GraphNode {
	if (isBounded(node.interval)) return g.always(false);
	return g.not(g.compare('at_most', g.absolute(node), g.constant(Number.MAX_VALUE)));
}

function adjust(
	g: Graph,
	prepared: PreparedScheme,
	rules: SchemeRules,
	scope: RuleScope,
	base: GraphNode
): GraphNode {
	const zero = g.constant(0);
	return prepared.adjustments.reduce((score, { when, points }) => {
		const holds = rules.condition(when, scope);
		const added = g.orElse(rules.number(points, scope), zero);
		return g.arithmetic('add', score, g.select(holds, added, zero));
	}, base);
}

/** Clamps, then applies the gates in order. */
function applyGates(
	g: Graph,
	prepared: PreparedScheme,
	rules: SchemeRules,
	scope: RuleScope,
	adjusted: GraphNode
): { score: GraphNode; worstGrade: GraphNode } {
	const { min, max } = prepared.total;
	const raised = g.arithmetic('max', adjusted, g.constant(min));
	let score = g.arithmetic('min', raised, g.constant(max));
	let worstGrade = g.whole(0);
	for (const { when, effect, grade } of prepared.gates) {
		const holds = rules.condition(when, scope);
		if ('cap' in effect)
			score = g.select(holds, g.arithmetic('min', score, g.constant(effect.cap)), score);
		else if ('score' in effect) score = g.select(holds, g.constant(effect.score), score);
		else if (grade > 0)
			worstGrade = g.choose(holds, g.larger(worstGrade, g.whole(grade)), worstGrade);
	}
	return { score, worstGrade };
}

/** Position of the first grade that starts at or below the score; the number of grades if none. */
function gradeOf(g: Graph, prepared: PreparedScheme, score: GraphNode): GraphNode {
	const starts = prepared.grades.map((grade) => grade.from);
	if (starts.every((from, i) => i === 0 || from < (starts[i - 1] ?? NaN)))
		return g.countAbove(score, starts);
	return starts.reduceRight(
		(later, from, i) => g.choose(g.compare('at_most', g.constant(from), score), g.whole(i), later),
		g.whole(starts.length)
	);
}

/** The rounded payout; the insights are read too, because one that cannot be run is an error. */
function payOut(
	g: Graph,
	prepared: PreparedScheme,
	rules: SchemeRules,
	score: GraphNode,
	grade: GraphNode,
	computed: ComputedVariables
): GraphNode {
	const ids = prepared.grades.map((entry) => entry.id);
	// Position `ids.length` is “no grade”; a worst grade may lift a grade but never that.
	const text: Lowered = {
		type: 'text',
		text: {
			missing: g.indexIs(grade, ids.length),
			is: (id) => g.test(grade, [...ids.map((known) => (known === id ? 1 : 0)), 0]),
			test: (holds) => g.test(grade, [...ids.map((id) => (holds(id) ? 1 : 0)), 0]),
			number: (of) => g.pick(grade, [...ids.map((id) => of(id)), NaN])
		}
	};
	const outcome = new Map<string, Lowered>([
		...computed,
		['score', { type: 'number', node: score }],
		['grade', text]
	]);
	const scope: RuleScope = { phase: 'outcome', computed: outcome };
	for (const { when } of prepared.insights) rules.condition(when, scope);
	if (!prepared.payout) return g.none;
	return roundNode(g, rules.number(prepared.payout.amount, scope), prepared.payout.decimals);
}
